// C11 atomics: release store, acquire load in a spinning loop, plain data.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static int data[2];
static atomic_int ready;

static void *writer(void *unused) {
  (void)unused;
  data[0] = 1;
  data[1] = 2;
  atomic_store_explicit(&ready, 1, memory_order_release);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, writer, NULL);
  while (atomic_load_explicit(&ready, memory_order_acquire) == 0) {
  }
  assert(data[0] + data[1] == 3);
  pthread_join(t, NULL);
  return 0;
}
