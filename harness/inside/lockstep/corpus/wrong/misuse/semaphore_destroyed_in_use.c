// expect: misuse line 11 19 20
// The semaphore is destroyed before it is posted for the last time, while a thread may still wait for it.
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t permits;

static void *wait_for_it(void *unused) {
  (void)unused;
  sem_wait(&permits);
  return NULL;
}

int main(void) {
  pthread_t t;
  sem_init(&permits, 0, 0);
  pthread_create(&t, NULL, wait_for_it, NULL);
  sem_destroy(&permits);
  sem_post(&permits);
  pthread_join(t, NULL);
  return 0;
}
