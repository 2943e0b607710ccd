// expect: misuse line 27
// The condition variable is destroyed while a thread still waits on it.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static int waiting, done;

static void *wait_for_it(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  waiting = 1;
  while (!done) pthread_cond_wait(&changed, &m);
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_cond_init(&changed, NULL);
  pthread_create(&t, NULL, wait_for_it, NULL);
  pthread_mutex_lock(&m);
  const int in_use = waiting;
  done = !in_use;
  pthread_mutex_unlock(&m);
  if (in_use) pthread_cond_destroy(&changed);
  pthread_join(t, NULL);
  return 0;
}
