// expect: livelock line 21 22 23 24 25
// The lock is given up and taken again in a loop to see a change that only the own thread could make.
#include <pthread.h>
#include <sched.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int filled, emptied;

static void *fill(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  filled = 1;
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, fill, NULL);
  pthread_mutex_lock(&m);
  while (!filled || !emptied) {
    pthread_mutex_unlock(&m);
    sched_yield();
    pthread_mutex_lock(&m);
  }
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  return 0;
}
