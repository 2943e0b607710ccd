// A join with a time limit, and one without where that was too short.
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
  struct timespec until;
  pthread_create(&t, NULL, work, NULL);
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 1;
  const int status = pthread_timedjoin_np(t, NULL, &until);
  assert(status == 0 || status == ETIMEDOUT);
  if (status != 0) pthread_join(t, NULL);
  assert(result == 5);
  return 0;
}
