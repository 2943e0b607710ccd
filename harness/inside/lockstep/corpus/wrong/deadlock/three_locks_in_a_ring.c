// expect: deadlock line 10
// Three threads, three locks, each pair in another order: a ring of three.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER, c = PTHREAD_MUTEX_INITIALIZER;

static void both(pthread_mutex_t *first, pthread_mutex_t *second) {
  pthread_mutex_lock(first);
  pthread_mutex_lock(second);
  pthread_mutex_unlock(second);
  pthread_mutex_unlock(first);
}

static void *a_then_b(void *unused) {
  (void)unused;
  both(&a, &b);
  return NULL;
}
static void *b_then_c(void *unused) {
  (void)unused;
  both(&b, &c);
  return NULL;
}

int main(void) {
  pthread_t x, y;
  pthread_create(&x, NULL, a_then_b, NULL);
  pthread_create(&y, NULL, b_then_c, NULL);
  both(&c, &a);
  pthread_join(x, NULL);
  pthread_join(y, NULL);
  return 0;
}
