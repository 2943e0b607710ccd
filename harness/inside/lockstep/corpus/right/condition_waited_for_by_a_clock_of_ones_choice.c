// pthread_cond_clockwait names the clock at each wait.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;

static void *set(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  ready = 1;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, set, NULL);
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_nsec = until.tv_nsec / 2;
  until.tv_sec += 1;
  pthread_mutex_lock(&m);
  while (!ready) {
    if (pthread_cond_clockwait(&changed, &m, CLOCK_MONOTONIC, &until) == ETIMEDOUT) break;
  }
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  assert(ready);
  return 0;
}
