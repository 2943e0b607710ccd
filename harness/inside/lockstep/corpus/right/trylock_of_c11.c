// mtx_trylock gets the mutex or reports that it is busy, which may also be said for no reason.
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static mtx_t m;
static int count;

static int add(void *unused) {
  (void)unused;
  int got;
  while ((got = mtx_trylock(&m)) != thrd_success) {
    assert(got == thrd_busy);
    thrd_yield();
  }
  ++count;
  mtx_unlock(&m);
  return 0;
}

int main(void) {
  thrd_t t;
  mtx_init(&m, mtx_plain);
  thrd_create(&t, add, NULL);
  add(NULL);
  thrd_join(t, NULL);
  assert(count == 2);
  return 0;
}
