// expect: data_race line 12 21
// The load is an acquire, but the store that it reads from is relaxed.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static int data;
static atomic_int ready;

static void *writer(void *unused) {
  (void)unused;
  data = 1;
  atomic_store_explicit(&ready, 1, memory_order_relaxed);
  return NULL;
}

int main(void) {
  pthread_t t;
  int seen = 1;
  pthread_create(&t, NULL, writer, NULL);
  if (atomic_load_explicit(&ready, memory_order_acquire)) seen = data;
  pthread_join(t, NULL);
  return seen > 1;
}
