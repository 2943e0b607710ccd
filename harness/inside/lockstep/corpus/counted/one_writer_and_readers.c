// count: 2^n for n readers and one writer (argument 1): 1=2 2=4 3=8 4=16 5=32
// One writer and n readers of one sequentially consistent atomic: loads commute, so each reader comes before or after the store.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

static atomic_int value;

static void *write_it(void *unused) {
  atomic_store(&value, 1);
  return unused;
}
static void *read_it(void *unused) {
  const int seen = atomic_load(&value);
  if (seen < 0 || seen > 1) abort();
  return unused;
}

int main(int argc, char **argv) {
  const int n = argc > 1 ? atoi(argv[1]) : 2;
  pthread_t thread[6];
  pthread_create(&thread[n], NULL, write_it, NULL);
  for (int i = 0; i < n; ++i) pthread_create(&thread[i], NULL, read_it, NULL);
  for (int i = 0; i <= n; ++i) pthread_join(thread[i], NULL);
  return 0;
}
