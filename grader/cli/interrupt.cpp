#include "grader/cli/interrupt.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace lockstep::cli {
namespace {

std::atomic<bool> interrupted_flag = false;

sigset_t interrupts() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, number);
  return set;
}

}  // namespace

void block_interrupts() {
  const sigset_t set = interrupts();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void on_interrupt(std::function<void()> action) {
  std::thread([action = std::move(action)] {
    const sigset_t set = interrupts();
    for (bool first = true;; first = false) {
      int number = 0;
      if (sigwait(&set, &number) != 0) return;
      if (!first) _exit(130);  // asked twice: do not wait for an orderly end (boxes die with their parent)
      interrupted_flag = true;
      action();
    }
  }).detach();
}

bool was_interrupted() { return interrupted_flag; }

}  // namespace lockstep::cli
