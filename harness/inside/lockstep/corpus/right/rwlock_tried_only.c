// tryrdlock and trywrlock succeed or report that the lock is busy, and nobody waits.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static int value;

static void *writer(void *unused) {
  (void)unused;
  const int result = pthread_rwlock_trywrlock(&rw);
  assert(result == 0 || result == EBUSY);
  if (result == 0) {
    value = 1;
    pthread_rwlock_unlock(&rw);
  }
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, writer, NULL);
  if (pthread_rwlock_tryrdlock(&rw) == 0) {
    const int first = value;
    assert(first == value);
    pthread_rwlock_unlock(&rw);
  }
  pthread_join(t, NULL);
  return 0;
}
