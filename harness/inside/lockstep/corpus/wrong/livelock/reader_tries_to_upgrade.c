// expect: livelock line 14
// A reader keeps its read lock and tries for the write lock of the same rwlock: it keeps itself out.
#include <pthread.h>
#include <sched.h>
#include <stddef.h>

static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static int filled;

static void *fill(void *unused) {
  (void)unused;
  pthread_rwlock_rdlock(&table);
  if (!filled) {
    while (pthread_rwlock_trywrlock(&table) != 0) sched_yield();
    filled = 1;
  }
  pthread_rwlock_unlock(&table);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, fill, NULL);
  pthread_join(t, NULL);
  return 0;
}
