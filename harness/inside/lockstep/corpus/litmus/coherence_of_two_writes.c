// allowed: x=2
// forbidden: x=1
// CoWW: two stores of one thread to one place take effect in their order.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>

static atomic_int x;

static void *thread_1(void *unused) {
  atomic_store_explicit(&x, 1, memory_order_relaxed);
  atomic_store_explicit(&x, 2, memory_order_relaxed);
  return unused;
}

int main(void) {
  pthread_t t1;
  pthread_create(&t1, NULL, thread_1, NULL);
  pthread_join(t1, NULL);
  printf("x=%d\n", atomic_load(&x));
  return 0;
}
