// pthread_mutex_timedlock until a real-time deadline; who comes too late goes without.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void *add(void *got) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 1;
  const int result = pthread_mutex_timedlock(&m, &until);
  assert(result == 0 || result == ETIMEDOUT);
  if (result == 0) {
    ++count;
    *(int *)got = 1;
    pthread_mutex_unlock(&m);
  }
  return NULL;
}

int main(void) {
  pthread_t a, b;
  int got[2] = {0, 0};
  pthread_create(&a, NULL, add, &got[0]);
  pthread_create(&b, NULL, add, &got[1]);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  assert(count == got[0] + got[1]);
  return 0;
}
