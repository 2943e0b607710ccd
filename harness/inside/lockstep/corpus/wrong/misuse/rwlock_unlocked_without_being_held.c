// expect: misuse line 10
// A rwlock is unlocked by a thread that holds it neither for reading nor for writing.
#include <pthread.h>
#include <stddef.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;

static void *work(void *unused) {
  (void)unused;
  pthread_rwlock_unlock(&rw);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, work, NULL);
  pthread_join(t, NULL);
  return 0;
}
