// Timed reading and writing of a rwlock, by the real-time and by the monotonic clock.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <time.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static int value;

static void *reader(void *unused) {
  (void)unused;
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 1;
  if (pthread_rwlock_timedrdlock(&rw, &until) == 0) {
    assert(value == 0 || value == 1);
    pthread_rwlock_unlock(&rw);
  }
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, reader, NULL);
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += 1;
  const int result = pthread_rwlock_clockwrlock(&rw, CLOCK_MONOTONIC, &until);
  if (result == 0) {
    value = 1;
    pthread_rwlock_unlock(&rw);
  }
  pthread_join(t, NULL);
  assert(value == (result == 0));
  return 0;
}
