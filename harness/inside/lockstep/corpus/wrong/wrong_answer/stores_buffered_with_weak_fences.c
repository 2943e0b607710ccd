// expect: wrong_answer line 15 24 26
// A fence that is only acquire and release lets both threads miss the store of the other; it must be sequentially consistent.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int x, y;
static int seen_x, seen_y;

static void *other(void *unused) {
  (void)unused;
  atomic_store_explicit(&y, 1, memory_order_relaxed);
  atomic_thread_fence(memory_order_acq_rel);
  seen_x = atomic_load_explicit(&x, memory_order_relaxed);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, other, NULL);
  atomic_store_explicit(&x, 1, memory_order_relaxed);
  atomic_thread_fence(memory_order_acq_rel);
  seen_y = atomic_load_explicit(&y, memory_order_relaxed);
  pthread_join(t, NULL);
  assert(seen_x == 1 || seen_y == 1);
  return 0;
}
