// pthread_exit runs the clean-up handlers, one of which releases the mutex.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void release(void *mutex) { pthread_mutex_unlock(mutex); }

static void *work(void *unused) {
  pthread_mutex_lock(&m);
  pthread_cleanup_push(release, &m);
  ++count;
  if (unused == NULL) pthread_exit(NULL);
  pthread_cleanup_pop(1);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, work, NULL);
  pthread_create(&b, NULL, work, &a);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  pthread_mutex_lock(&m);
  assert(count == 2);
  pthread_mutex_unlock(&m);
  return 0;
}
