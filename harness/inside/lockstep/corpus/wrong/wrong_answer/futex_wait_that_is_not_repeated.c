// expect: wrong_answer line 27 28
// A futex wait may also end because the value changed before it or for no reason; the code does not look again.
#define _GNU_SOURCE
#include <assert.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int stage;

static void *advance(void *unused) {
  (void)unused;
  for (int i = 1; i <= 2; ++i) {
    atomic_store(&stage, i);
    syscall(SYS_futex, &stage, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
  }
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, advance, NULL);
  const int seen = atomic_load(&stage);
  if (seen < 2) syscall(SYS_futex, &stage, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
  assert(atomic_load(&stage) == 2);
  pthread_join(t, NULL);
  return 0;
}
