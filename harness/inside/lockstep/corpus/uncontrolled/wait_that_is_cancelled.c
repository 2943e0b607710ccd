// expect: inconclusive passed
// A thread that waits for a condition is cancelled; its clean-up handler unlocks the mutex, which cancellation has locked again.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static int cleaned;

static void clean(void *unused) {
  (void)unused;
  ++cleaned;
  pthread_mutex_unlock(&m);
}

static void *wait_for_ever(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  pthread_cleanup_push(clean, NULL);
  for (;;) pthread_cond_wait(&never, &m);
  pthread_cleanup_pop(1);
  return NULL;
}

int main(void) {
  pthread_t t;
  void *result;
  pthread_create(&t, NULL, wait_for_ever, NULL);
  pthread_cancel(t);
  pthread_join(t, &result);
  assert(result == PTHREAD_CANCELED);
  assert(cleaned == 1);
  return 0;
}
