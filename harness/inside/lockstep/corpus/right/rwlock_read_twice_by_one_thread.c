// With the default preference for readers, a thread may take the read lock twice, also while a writer waits.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static int value;

static void *write_it(void *unused) {
  (void)unused;
  pthread_rwlock_wrlock(&rw);
  value = 1;
  pthread_rwlock_unlock(&rw);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, write_it, NULL);
  pthread_rwlock_rdlock(&rw);
  const int before = value;
  pthread_rwlock_rdlock(&rw);
  assert(value == before);
  pthread_rwlock_unlock(&rw);
  pthread_rwlock_unlock(&rw);
  pthread_join(t, NULL);
  assert(value == 1);
  return 0;
}
