// expect: wrong_answer line 16 29
// Between the look under the read lock and the change under the write lock, another thread has changed it already.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static int created;

static void *ensure(void *unused) {
  (void)unused;
  pthread_rwlock_rdlock(&rw);
  const int missing = created == 0;
  pthread_rwlock_unlock(&rw);
  if (missing) {
    pthread_rwlock_wrlock(&rw);
    ++created;
    pthread_rwlock_unlock(&rw);
  }
  return NULL;
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, ensure, NULL);
  pthread_create(&b, NULL, ensure, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  assert(created == 1);
  return 0;
}
