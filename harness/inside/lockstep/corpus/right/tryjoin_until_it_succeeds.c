// Tries to join, yields while the thread is busy, and reads its result when the join has succeeded.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>

static int result;

static void *work(void *unused) {
  (void)unused;
  result = 5;
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, work, NULL);
  int status;
  while ((status = pthread_tryjoin_np(t, NULL)) == EBUSY) sched_yield();
  assert(status == 0 && result == 5);
  return 0;
}
