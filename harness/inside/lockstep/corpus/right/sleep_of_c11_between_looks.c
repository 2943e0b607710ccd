// thrd_sleep between two looks at an atomic.
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <threads.h>
#include <time.h>

static atomic_bool done;

static int work(void *unused) {
  (void)unused;
  thrd_sleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
  atomic_store(&done, 1);
  return 0;
}

int main(void) {
  thrd_t t;
  thrd_create(&t, work, NULL);
  while (!atomic_load(&done)) thrd_sleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
  thrd_join(t, NULL);
  return 0;
}
