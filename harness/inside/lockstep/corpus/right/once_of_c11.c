// call_once of C11 with a once_flag.
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static once_flag flag = ONCE_FLAG_INIT;
static int runs;

static void initialise(void) { ++runs; }

static int use(void *unused) {
  (void)unused;
  call_once(&flag, initialise);
  assert(runs == 1);
  return 0;
}

int main(void) {
  thrd_t a, b;
  thrd_create(&a, use, NULL);
  thrd_create(&b, use, NULL);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  return 0;
}
