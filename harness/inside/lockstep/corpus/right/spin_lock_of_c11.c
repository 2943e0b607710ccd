// A spin lock of atomic_flag in C11.
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <threads.h>

static atomic_flag taken = ATOMIC_FLAG_INIT;
static int count;

static int add(void *unused) {
  (void)unused;
  while (atomic_flag_test_and_set_explicit(&taken, memory_order_acquire)) thrd_yield();
  ++count;
  atomic_flag_clear_explicit(&taken, memory_order_release);
  return 0;
}

int main(void) {
  thrd_t a, b;
  thrd_create(&a, add, NULL);
  thrd_create(&b, add, NULL);
  add(NULL);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  assert(count == 3);
  return 0;
}
