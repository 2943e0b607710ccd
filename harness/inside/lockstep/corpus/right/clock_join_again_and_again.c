// Joins with short limits of the monotonic clock until the thread has ended.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <time.h>

static int result;

static void *work(void *unused) {
  (void)unused;
  result = 5;
  return NULL;
}

int main(void) {
  pthread_t t;
  int status;
  pthread_create(&t, NULL, work, NULL);
  do {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += 1;
    status = pthread_clockjoin_np(t, NULL, CLOCK_MONOTONIC, &until);
  } while (status == ETIMEDOUT);
  assert(status == 0 && result == 5);
  return 0;
}
