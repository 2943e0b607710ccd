// allowed: r1=0 x=1 | r1=0 x=2 | r1=1 x=1
// optional: r1=1 x=2
// S, relaxed: a store made after the flag was seen may come before the store that the flag announces.
// Optional: only with a modification order that is not the order in which the stores were executed.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>

static atomic_int x, y;
static int r1;

static void *thread_1(void *unused) {
  atomic_store_explicit(&x, 2, memory_order_relaxed);
  atomic_store_explicit(&y, 1, memory_order_relaxed);
  return unused;
}

static void *thread_2(void *unused) {
  r1 = atomic_load_explicit(&y, memory_order_relaxed);
  atomic_store_explicit(&x, 1, memory_order_relaxed);
  return unused;
}

int main(void) {
  pthread_t t1, t2;
  pthread_create(&t1, NULL, thread_1, NULL);
  pthread_create(&t2, NULL, thread_2, NULL);
  pthread_join(t1, NULL);
  pthread_join(t2, NULL);
  printf("r1=%d x=%d\n", r1, atomic_load(&x));
  return 0;
}
