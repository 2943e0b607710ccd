// expect: misuse line 9 12
// pthread_exit is called in a function deep down, while the mutex is held, and nothing unlocks it.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void fail(void) { pthread_exit(NULL); }

static void *work(void *unused) {
  pthread_mutex_lock(&m);
  if (++count == 1) fail();
  pthread_mutex_unlock(&m);
  return unused;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, work, NULL);
  pthread_join(t, NULL);
  return 0;
}
