// expect: deadlock line 18
// The unlock wakes only if it saw a waiter mark, which the thread that was woken first has wiped out.
#define _GNU_SOURCE
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int word;  // 0 free, 1 taken, 2 taken and somebody waits

static void *work(void *unused) {
  (void)unused;
  int seen = 0;
  while (!atomic_compare_exchange_strong(&word, &seen, 1)) {
    atomic_compare_exchange_strong(&word, &(int){1}, 2);
    syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 2, NULL, NULL, 0);
    seen = 0;
  }
  if (atomic_exchange(&word, 0) == 2) syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, work, NULL);
  pthread_create(&b, NULL, work, NULL);
  work(NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return 0;
}
