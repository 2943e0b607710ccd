// Two readers and a writer of a pthread_rwlock: the readers see all of the write or nothing.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static int x, y;

static void *look(void *unused) {
  (void)unused;
  pthread_rwlock_rdlock(&rw);
  assert(x == y);
  pthread_rwlock_unlock(&rw);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, look, NULL);
  pthread_create(&b, NULL, look, NULL);
  pthread_rwlock_wrlock(&rw);
  ++x;
  ++y;
  pthread_rwlock_unlock(&rw);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  pthread_rwlock_destroy(&rw);
  return 0;
}
