// The heir of a robust mutex does not make it consistent, so that it is not recoverable for everybody after it.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m;

static void *die(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  return NULL;
}

int main(void) {
  pthread_mutexattr_t kind;
  pthread_mutexattr_init(&kind);
  pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&m, &kind);
  pthread_t a;
  pthread_create(&a, NULL, die, NULL);
  pthread_join(a, NULL);
  assert(pthread_mutex_lock(&m) == EOWNERDEAD);
  pthread_mutex_unlock(&m);
  assert(pthread_mutex_lock(&m) == ENOTRECOVERABLE);
  pthread_mutex_destroy(&m);
  return 0;
}
