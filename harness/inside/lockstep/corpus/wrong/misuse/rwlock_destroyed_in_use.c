// expect: misuse line 11
// The rwlock is destroyed while it is held for reading.
#include <pthread.h>
#include <stddef.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;

static void *look(void *unused) {
  (void)unused;
  pthread_rwlock_rdlock(&rw);
  pthread_rwlock_destroy(&rw);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, look, NULL);
  pthread_join(t, NULL);
  return 0;
}
