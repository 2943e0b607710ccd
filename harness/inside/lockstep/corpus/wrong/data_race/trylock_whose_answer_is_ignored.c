// expect: data_race line 12 21
// The answer of pthread_mutex_trylock is not looked at, so the counter is changed without the lock.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void *tries(void *unused) {
  (void)unused;
  const int busy = pthread_mutex_trylock(&m);
  ++count;
  if (!busy) pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, tries, NULL);
  pthread_mutex_lock(&m);
  ++count;
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  return 0;
}
