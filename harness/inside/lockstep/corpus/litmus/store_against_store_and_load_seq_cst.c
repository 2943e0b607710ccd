// allowed: r1=0 y=1 | r1=1 y=1 | r1=1 y=2
// forbidden: r1=0 y=2
// R with sequentially consistent accesses.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>

static atomic_int x, y;
static int r1;

static void *thread_1(void *unused) {
  atomic_store_explicit(&x, 1, memory_order_seq_cst);
  atomic_store_explicit(&y, 1, memory_order_seq_cst);
  return unused;
}

static void *thread_2(void *unused) {
  atomic_store_explicit(&y, 2, memory_order_seq_cst);
  r1 = atomic_load_explicit(&x, memory_order_seq_cst);
  return unused;
}

int main(void) {
  pthread_t t1, t2;
  pthread_create(&t1, NULL, thread_1, NULL);
  pthread_create(&t2, NULL, thread_2, NULL);
  pthread_join(t1, NULL);
  pthread_join(t2, NULL);
  printf("r1=%d y=%d\n", r1, atomic_load(&y));
  return 0;
}
