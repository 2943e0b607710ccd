// expect: misuse line 10 11 12
// A C11 thread returns with the mutex locked.
#include <stddef.h>
#include <threads.h>

static mtx_t m;

static int work(void *unused) {
  (void)unused;
  mtx_lock(&m);
  return 0;
}

int main(void) {
  thrd_t t;
  mtx_init(&m, mtx_plain);
  thrd_create(&t, work, NULL);
  thrd_join(t, NULL);
  return 0;
}
