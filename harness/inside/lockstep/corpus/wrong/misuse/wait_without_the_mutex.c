// expect: misuse line 14
// pthread_cond_timedwait is called without holding the mutex.
#include <pthread.h>
#include <stddef.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *wait_for_it(void *unused) {
  (void)unused;
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  pthread_cond_timedwait(&changed, &m, &until);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, wait_for_it, NULL);
  pthread_join(t, NULL);
  return 0;
}
