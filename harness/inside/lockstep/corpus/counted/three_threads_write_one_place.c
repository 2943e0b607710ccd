// count: (3k)! / (k!)^3 for k stores of each of three threads (argument 1): 1=6 2=90
// Three threads store k times each to one sequentially consistent atomic.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

static atomic_int value;
static int stores = 1;

static void *write_often(void *unused) {
  for (int i = 0; i < stores; ++i) atomic_store(&value, i);
  return unused;
}

int main(int argc, char **argv) {
  if (argc > 1) stores = atoi(argv[1]);
  pthread_t thread[3];
  for (int i = 0; i < 3; ++i) pthread_create(&thread[i], NULL, write_often, NULL);
  for (int i = 0; i < 3; ++i) pthread_join(thread[i], NULL);
  return 0;
}
