// expect: wrong_answer line 14 21 22
// The reader spins until the relaxed flag is set and expects the relaxed data to be there.
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int data, ready;

static void *writer(void *unused) {
  (void)unused;
  atomic_store_explicit(&data, 1, memory_order_relaxed);
  atomic_store_explicit(&ready, 1, memory_order_relaxed);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, writer, NULL);
  while (atomic_load_explicit(&ready, memory_order_relaxed) == 0) sched_yield();
  assert(atomic_load_explicit(&data, memory_order_relaxed) == 1);
  pthread_join(t, NULL);
  return 0;
}
