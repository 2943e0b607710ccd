// A recursive mutex of C11 is locked, and tried, by the thread that has it.
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static mtx_t m;
static int count;

static int add(void *unused) {
  (void)unused;
  mtx_lock(&m);
  assert(mtx_trylock(&m) == thrd_success);
  mtx_lock(&m);
  ++count;
  mtx_unlock(&m);
  mtx_unlock(&m);
  mtx_unlock(&m);
  return 0;
}

int main(void) {
  thrd_t a, b;
  mtx_init(&m, mtx_plain | mtx_recursive);
  thrd_create(&a, add, NULL);
  thrd_create(&b, add, NULL);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  assert(count == 2);
  return 0;
}
