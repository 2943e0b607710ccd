// A detached C11 thread reports with an atomic that the main thread waits for with thrd_yield.
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <threads.h>

static atomic_int done;
static int result;

static int work(void *unused) {
  (void)unused;
  result = 2;
  atomic_store_explicit(&done, 1, memory_order_release);
  return 0;
}

int main(void) {
  thrd_t t;
  thrd_create(&t, work, NULL);
  thrd_detach(t);
  while (!atomic_load_explicit(&done, memory_order_acquire)) thrd_yield();
  assert(result == 2);
  return 0;
}
