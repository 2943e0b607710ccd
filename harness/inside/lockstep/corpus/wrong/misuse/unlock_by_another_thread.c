// expect: misuse line 10
// The mutex is locked by one thread and unlocked by another one, as if it were a semaphore.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *unlock(void *unused) {
  (void)unused;
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_mutex_lock(&m);
  pthread_create(&t, NULL, unlock, NULL);
  pthread_join(t, NULL);
  return 0;
}
