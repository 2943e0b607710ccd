// count: binomial(2k, k) for k stores of each of two threads (argument 1): 1=2 2=6 3=20 4=70 5=252
// Two threads store k times each to one sequentially consistent atomic.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

static atomic_int value;
static int stores = 2;

static void *write_often(void *unused) {
  for (int i = 0; i < stores; ++i) atomic_store(&value, i);
  return unused;
}

int main(int argc, char **argv) {
  if (argc > 1) stores = atoi(argv[1]);
  pthread_t a, b;
  pthread_create(&a, NULL, write_often, NULL);
  pthread_create(&b, NULL, write_often, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return 0;
}
