// expect: deadlock line 12
// Two threads need two permits each and take them one by one from a semaphore that has two.
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t permits;

static void *work(void *unused) {
  (void)unused;
  sem_wait(&permits);
  sem_wait(&permits);
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
