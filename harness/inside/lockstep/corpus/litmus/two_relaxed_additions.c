// allowed: r1=0 r2=1 x=2 | r1=1 r2=0 x=2
// forbidden: r1=0 r2=0 x=1 | r1=0 r2=1 x=1 | r1=1 r2=0 x=1
// Relaxed additions are atomic: no two of them see the same value, and none is lost.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>

static atomic_int x;
static int r1, r2;

static void *thread_1(void *unused) {
  r1 = atomic_fetch_add_explicit(&x, 1, memory_order_relaxed);
  return unused;
}

static void *thread_2(void *unused) {
  r2 = atomic_fetch_add_explicit(&x, 1, memory_order_relaxed);
  return unused;
}

int main(void) {
  pthread_t t1, t2;
  pthread_create(&t1, NULL, thread_1, NULL);
  pthread_create(&t2, NULL, thread_2, NULL);
  pthread_join(t1, NULL);
  pthread_join(t2, NULL);
  printf("r1=%d r2=%d x=%d\n", r1, r2, atomic_load(&x));
  return 0;
}
