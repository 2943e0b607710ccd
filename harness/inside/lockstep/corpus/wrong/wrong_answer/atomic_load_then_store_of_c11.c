// expect: wrong_answer line 13 23
// atomic_load and atomic_store of C11 do not add up to an atomic addition.
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <threads.h>

static atomic_int count;

static int add(void *unused) {
  (void)unused;
  const int seen = atomic_load(&count);
  atomic_store(&count, seen + 1);
  return 0;
}

int main(void) {
  thrd_t a, b;
  thrd_create(&a, add, NULL);
  thrd_create(&b, add, NULL);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  assert(atomic_load(&count) == 2);
  return 0;
}
