// expect: livelock line 13
// Two threads try for a second permit of a semaphore that has two, each keeping the first.
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t permits;

static void *work(void *unused) {
  (void)unused;
  sem_wait(&permits);
  while (sem_trywait(&permits) != 0) sched_yield();
  sem_post(&permits);
  sem_post(&permits);
  return NULL;
}

int main(void) {
  pthread_t t;
  sem_init(&permits, 0, 2);
  pthread_create(&t, NULL, work, NULL);
  work(NULL);
  pthread_join(t, NULL);
  return 0;
}
