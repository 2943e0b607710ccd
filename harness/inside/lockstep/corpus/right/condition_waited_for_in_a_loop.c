// A POSIX condition variable: the waiter looks at the condition before and after each wait.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, data;

static void *set(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  data = 3;
  ready = 1;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, set, NULL);
  pthread_mutex_lock(&m);
  while (!ready) pthread_cond_wait(&changed, &m);
  assert(data == 3);
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  return 0;
}
