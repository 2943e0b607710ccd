// Two threads hold one lock and only try the other one, giving back what they have when they fail.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static int both, failed;

static void work(pthread_mutex_t *first, pthread_mutex_t *second) {
  pthread_mutex_lock(first);
  const int result = pthread_mutex_trylock(second);
  if (result == 0) {
    ++both;
    pthread_mutex_unlock(second);
    pthread_mutex_unlock(first);
    return;
  }
  assert(result == EBUSY);
  pthread_mutex_unlock(first);
  pthread_mutex_lock(&a);
  pthread_mutex_lock(&b);
  ++failed;
  pthread_mutex_unlock(&b);
  pthread_mutex_unlock(&a);
}

static void *forward(void *unused) {
  (void)unused;
  work(&a, &b);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, forward, NULL);
  work(&b, &a);
  pthread_join(t, NULL);
  assert(both + failed == 2);
  return 0;
}
