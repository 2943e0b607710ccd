// pthread_cond_timedwait in a loop that ends when the condition holds or when the time is over.
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
  pthread_mutex_unlock(&m);
  pthread_cond_signal(&changed);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, set, NULL);
  struct timespec until, now;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 1;
  int result = 0;
  pthread_mutex_lock(&m);
  while (!ready && result == 0) result = pthread_cond_timedwait(&changed, &m, &until);
  if (result == ETIMEDOUT) {
    clock_gettime(CLOCK_REALTIME, &now);
    assert(now.tv_sec > until.tv_sec || (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec));
  } else {
    assert(result == 0 && ready);
  }
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  return 0;
}
