// A recursive mutex is locked twice by its owner and is free again only after the second unlock.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m;
static int left, right;

static void *work(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  ++left;
  pthread_mutex_lock(&m);
  ++right;
  pthread_mutex_unlock(&m);
  assert(left == right);
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_mutexattr_t kind;
  pthread_mutexattr_init(&kind);
  pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&m, &kind);
  pthread_t a, b;
  pthread_create(&a, NULL, work, NULL);
  pthread_create(&b, NULL, work, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  assert(left == 2 && right == 2);
  return 0;
}
