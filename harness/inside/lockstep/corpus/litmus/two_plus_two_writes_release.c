// allowed: x=1 y=2 | x=2 y=1 | x=2 y=2
// optional: x=1 y=1
// 2+2W with release stores, which change nothing where nobody reads.
// Optional: only with a modification order that is not the order in which the stores were executed.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>

static atomic_int x, y;

static void *thread_1(void *unused) {
  atomic_store_explicit(&x, 1, memory_order_release);
  atomic_store_explicit(&y, 2, memory_order_release);
  return unused;
}

static void *thread_2(void *unused) {
  atomic_store_explicit(&y, 1, memory_order_release);
  atomic_store_explicit(&x, 2, memory_order_release);
  return unused;
}

int main(void) {
  pthread_t t1, t2;
  pthread_create(&t1, NULL, thread_1, NULL);
  pthread_create(&t2, NULL, thread_2, NULL);
  pthread_join(t1, NULL);
  pthread_join(t2, NULL);
  printf("x=%d y=%d\n", atomic_load(&x), atomic_load(&y));
  return 0;
}
