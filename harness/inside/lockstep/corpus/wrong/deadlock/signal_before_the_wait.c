// expect: deadlock line 12
// A POSIX signal that nobody waits for is lost, and the wait comes after it.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t go = PTHREAD_COND_INITIALIZER;

static void *waiter(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  pthread_cond_wait(&go, &m);
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, waiter, NULL);
  pthread_mutex_lock(&m);
  pthread_cond_signal(&go);
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  return 0;
}
