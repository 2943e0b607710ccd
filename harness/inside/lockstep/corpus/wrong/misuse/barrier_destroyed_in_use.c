// expect: misuse line 10 18
// The barrier is destroyed while a thread waits at it.
#include <pthread.h>
#include <stddef.h>

static pthread_barrier_t meet;

static void *wait_there(void *unused) {
  (void)unused;
  pthread_barrier_wait(&meet);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_barrier_init(&meet, NULL, 2);
  pthread_create(&t, NULL, wait_there, NULL);
  pthread_barrier_destroy(&meet);
  pthread_join(t, NULL);
  return 0;
}
