// The owner of a robust mutex ends without unlocking it; the next one is told, mends the data and goes on.
// not under tsan: that a thread has ended orders nothing for the next owner there
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m;
static int half_done;

static void *die(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  half_done = 1;
  return NULL;
}

static void *inherit(void *unused) {
  (void)unused;
  const int got = pthread_mutex_lock(&m);
  if (got == EOWNERDEAD) {
    assert(half_done == 1);
    half_done = 0;
    assert(pthread_mutex_consistent(&m) == 0);
  } else {
    assert(got == 0 && half_done == 0);
  }
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_mutexattr_t kind;
  pthread_mutexattr_init(&kind);
  pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&m, &kind);
  pthread_t a, b;
  pthread_create(&a, NULL, die, NULL);
  pthread_create(&b, NULL, inherit, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  inherit(NULL);
  assert(pthread_mutex_lock(&m) == 0);
  assert(half_done == 0);
  pthread_mutex_unlock(&m);
  return 0;
}
