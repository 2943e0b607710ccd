// count: n! for n threads (argument 1): 1=1 2=2 3=6 4=24 5=120
// n threads add once each to one atomic, relaxed: read-modify-writes do not commute, since each sees how many came before it.
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <threads.h>

static atomic_int value;

static int add(void *unused) {
  (void)unused;
  return atomic_fetch_add_explicit(&value, 1, memory_order_relaxed);
}

int main(int argc, char **argv) {
  const int n = argc > 1 ? atoi(argv[1]) : 3;
  thrd_t thread[6];
  int sum = 0;
  for (int i = 0; i < n; ++i) thrd_create(&thread[i], add, NULL);
  for (int i = 0; i < n; ++i) {
    int before;
    thrd_join(thread[i], &before);
    sum += before;
  }
  return sum != n * (n - 1) / 2;
}
