// expect: inconclusive passed
// A timer of the kernel sends a signal, whose handler sets the flag that main waits for.
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t rung;

static void ring(int unused) { rung = unused != 0; }

int main(void) {
  struct sigaction action = {.sa_handler = ring};
  const struct itimerval soon = {.it_value = {.tv_usec = 1000}};
  sigset_t none, blocked;
  sigemptyset(&none);
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGALRM);
  sigprocmask(SIG_BLOCK, &blocked, NULL);
  sigaction(SIGALRM, &action, NULL);
  setitimer(ITIMER_REAL, &soon, NULL);
  while (!rung) sigsuspend(&none);
  return 0;
}
