// expect: inconclusive passed
// A thread waits for a signal with sigwait, and main sends it with pthread_kill.
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>

static sigset_t wanted;

static void *wait_for_it(void *unused) {
  (void)unused;
  int got = 0;
  assert(sigwait(&wanted, &got) == 0 && got == SIGUSR1);
  return NULL;
}

int main(void) {
  pthread_t t;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &wanted, NULL);
  pthread_create(&t, NULL, wait_for_it, NULL);
  pthread_kill(t, SIGUSR1);
  pthread_join(t, NULL);
  return 0;
}
