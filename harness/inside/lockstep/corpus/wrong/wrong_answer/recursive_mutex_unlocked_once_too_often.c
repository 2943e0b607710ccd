// expect: wrong_answer line 15
// A recursive mutex is unlocked three times after it was locked twice, and the third time is refused.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m;

static void *work(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  pthread_mutex_lock(&m);
  pthread_mutex_unlock(&m);
  pthread_mutex_unlock(&m);
  assert(pthread_mutex_unlock(&m) == 0);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_mutexattr_t kind;
  pthread_mutexattr_init(&kind);
  pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&m, &kind);
  pthread_create(&t, NULL, work, NULL);
  pthread_join(t, NULL);
  return 0;
}
