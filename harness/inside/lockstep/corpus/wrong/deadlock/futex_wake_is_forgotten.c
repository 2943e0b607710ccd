// expect: deadlock line 15
// A lock of a futex that never wakes: whoever sleeps sleeps for ever.
#define _GNU_SOURCE
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int taken;

static void *work(void *unused) {
  (void)unused;
  while (atomic_exchange(&taken, 1) != 0) syscall(SYS_futex, &taken, FUTEX_WAIT_PRIVATE, 1, NULL, NULL, 0);
  atomic_store(&taken, 0);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, work, NULL);
  work(NULL);
  pthread_join(t, NULL);
  return 0;
}
