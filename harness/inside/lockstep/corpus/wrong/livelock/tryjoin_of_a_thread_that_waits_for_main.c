// expect: livelock line 14 22
// main tries to join a thread that waits for what main would do after the join.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t go;

static void *work(void *unused) {
  (void)unused;
  sem_wait(&go);
  return NULL;
}

int main(void) {
  pthread_t t;
  sem_init(&go, 0, 0);
  pthread_create(&t, NULL, work, NULL);
  while (pthread_tryjoin_np(t, NULL) == EBUSY) sched_yield();
  sem_post(&go);
  return 0;
}
