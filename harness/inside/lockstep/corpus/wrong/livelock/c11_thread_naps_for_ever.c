// expect: livelock line 12
// A C11 thread sleeps between its looks at a flag that is set only after it was joined.
#include <stdatomic.h>
#include <stddef.h>
#include <threads.h>
#include <time.h>

static atomic_bool stop;

static int watch(void *unused) {
  (void)unused;
  while (!atomic_load(&stop)) thrd_sleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
  return 0;
}

int main(void) {
  thrd_t t;
  thrd_create(&t, watch, NULL);
  thrd_join(t, NULL);
  atomic_store(&stop, 1);
  return 0;
}
