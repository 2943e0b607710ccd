// Waits on a futex with a relative limit and looks again after each end of the wait.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static atomic_int ready;
static int data;

static void *set(void *unused) {
  (void)unused;
  data = 4;
  atomic_store(&ready, 1);
  syscall(SYS_futex, &ready, FUTEX_WAKE, 1, NULL, NULL, 0);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, set, NULL);
  while (atomic_load(&ready) == 0) {
    struct timespec limit = {.tv_nsec = 1000000};
    if (syscall(SYS_futex, &ready, FUTEX_WAIT, 0, &limit, NULL, 0) != 0) assert(errno == ETIMEDOUT || errno == EAGAIN || errno == EINTR);
  }
  assert(data == 4);
  pthread_join(t, NULL);
  return 0;
}
