// The mutex and the threads of C11.
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static mtx_t m;
static int count;

static int add(void *unused) {
  (void)unused;
  for (int i = 0; i < 2; ++i) {
    mtx_lock(&m);
    ++count;
    mtx_unlock(&m);
  }
  return 0;
}

int main(void) {
  thrd_t a, b;
  assert(mtx_init(&m, mtx_plain) == thrd_success);
  assert(thrd_create(&a, add, NULL) == thrd_success);
  assert(thrd_create(&b, add, NULL) == thrd_success);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  assert(count == 4);
  mtx_destroy(&m);
  return 0;
}
