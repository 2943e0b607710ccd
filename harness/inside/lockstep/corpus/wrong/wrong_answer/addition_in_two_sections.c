// expect: wrong_answer line 14 15 16 27
// The counter is read in one critical section and written in another one, so an addition gets lost.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void *add(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  const int seen = count;
  pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m);
  count = seen + 1;
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, add, NULL);
  pthread_create(&b, NULL, add, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  assert(count == 2);
  return 0;
}
