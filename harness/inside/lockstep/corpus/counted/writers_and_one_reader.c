// count: (n+1)! for n writers and one reader (argument 1): 1=2 2=6 3=24 4=120 5=720
// n writers and one reader of one sequentially consistent atomic, one access each.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

static atomic_int value;
static int seen;

static void *write_it(void *number) {
  atomic_store(&value, (int)(intptr_t)number);
  return NULL;
}
static void *read_it(void *unused) {
  seen = atomic_load(&value);
  return unused;
}

int main(int argc, char **argv) {
  const int n = argc > 1 ? atoi(argv[1]) : 2;
  pthread_t thread[6];
  for (int i = 0; i < n; ++i) pthread_create(&thread[i], NULL, write_it, (void *)(intptr_t)(i + 1));
  pthread_create(&thread[n], NULL, read_it, NULL);
  for (int i = 0; i <= n; ++i) pthread_join(thread[i], NULL);
  return seen < 0 || seen > n;
}
