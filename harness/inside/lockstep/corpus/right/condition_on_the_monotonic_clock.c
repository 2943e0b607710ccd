// A condition variable whose attribute makes its time limits monotonic.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static int ready;

static void *set(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  ready = 1;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&changed, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_t t;
  pthread_create(&t, NULL, set, NULL);
  pthread_mutex_lock(&m);
  while (!ready) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += 1;
    const int result = pthread_cond_timedwait(&changed, &m, &until);
    assert(result == 0 || result == ETIMEDOUT);
  }
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  pthread_cond_destroy(&changed);
  return 0;
}
