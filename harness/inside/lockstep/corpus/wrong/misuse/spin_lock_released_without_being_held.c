// expect: misuse line 10
// A POSIX spin lock is released by a thread that has not taken it.
#include <pthread.h>
#include <stddef.h>

static pthread_spinlock_t spin;

static void *work(void *unused) {
  (void)unused;
  pthread_spin_unlock(&spin);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
  pthread_create(&t, NULL, work, NULL);
  pthread_join(t, NULL);
  return 0;
}
