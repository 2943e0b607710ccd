// expect: misuse line 16
// A C11 thread is joined twice.
#include <stddef.h>
#include <threads.h>

static int work(void *unused) {
  (void)unused;
  return 3;
}

int main(void) {
  thrd_t t;
  int result;
  thrd_create(&t, work, NULL);
  thrd_join(t, &result);
  thrd_join(t, &result);
  return 0;
}
