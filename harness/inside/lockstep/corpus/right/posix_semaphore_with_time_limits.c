// sem_timedwait and sem_clockwait: time-outs are counted, and every permit is found in the end.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>
#include <time.h>

static sem_t permits;

static void *give(void *unused) {
  (void)unused;
  sem_post(&permits);
  sem_post(&permits);
  return NULL;
}

int main(void) {
  pthread_t t;
  struct timespec until;
  int got = 0;
  sem_init(&permits, 0, 0);
  pthread_create(&t, NULL, give, NULL);
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 1;
  if (sem_timedwait(&permits, &until) == 0) {
    ++got;
  } else {
    assert(errno == ETIMEDOUT);
  }
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += 1;
  if (sem_clockwait(&permits, CLOCK_MONOTONIC, &until) == 0) {
    ++got;
  } else {
    assert(errno == ETIMEDOUT);
  }
  pthread_join(t, NULL);
  while (sem_trywait(&permits) == 0) ++got;
  assert(errno == EAGAIN && got == 2);
  return 0;
}
