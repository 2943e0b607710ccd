// expect: wrong_answer line 14 15
// A broadcast wakes two consumers for one item, and neither looks again.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int items;

static void *consume(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  if (items == 0) pthread_cond_wait(&changed, &m);
  assert(items > 0);
  --items;
  pthread_mutex_unlock(&m);
  return NULL;
}

static void put(void) {
  pthread_mutex_lock(&m);
  ++items;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&m);
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, consume, NULL);
  pthread_create(&b, NULL, consume, NULL);
  put();
  put();
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return 0;
}
