// nanosleep, clock_nanosleep, usleep and sleep, none of which anybody relies upon for the order.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void *nap(void *unused) {
  (void)unused;
  const struct timespec brief = {.tv_nsec = 1000};
  nanosleep(&brief, NULL);
  usleep(10);
  pthread_mutex_lock(&m);
  ++count;
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, nap, NULL);
  struct timespec until, now;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_nsec = 0;
  until.tv_sec += 1;
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  clock_gettime(CLOCK_MONOTONIC, &now);
  assert(now.tv_sec >= until.tv_sec);
  sleep(0);
  pthread_mutex_lock(&m);
  assert(count == 0 || count == 1);
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  assert(count == 1);
  return 0;
}
