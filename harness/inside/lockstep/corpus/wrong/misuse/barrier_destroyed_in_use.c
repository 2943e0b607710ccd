// expect: misuse line 10 18 19
// The barrier is destroyed before both threads have come to it, while one of them may wait there.
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
  pthread_barrier_wait(&meet);
  pthread_join(t, NULL);
  return 0;
}
