// C11 fences around relaxed accesses, in both directions of a handshake.
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

static int data;
static atomic_int stage;

static void *other(void *unused) {
  (void)unused;
  while (atomic_load_explicit(&stage, memory_order_relaxed) != 1) sched_yield();
  atomic_thread_fence(memory_order_acquire);
  assert(data == 1);
  data = 2;
  atomic_thread_fence(memory_order_release);
  atomic_store_explicit(&stage, 2, memory_order_relaxed);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, other, NULL);
  data = 1;
  atomic_thread_fence(memory_order_release);
  atomic_store_explicit(&stage, 1, memory_order_relaxed);
  while (atomic_load_explicit(&stage, memory_order_relaxed) != 2) sched_yield();
  atomic_thread_fence(memory_order_acquire);
  assert(data == 2);
  pthread_join(t, NULL);
  return 0;
}
