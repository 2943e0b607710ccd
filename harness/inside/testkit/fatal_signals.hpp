// Signals that end a program. They are handled on a stack of their own: the program's may be what overflowed.
#pragma once

#include <csignal>

namespace lockstep::testkit {

inline constexpr int fatal_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

// Once: when `handler` runs, the signal has its default action again, so that raising it ends the process as it would have ended by itself.
inline void handle_fatal_signal(int signal, void (*handler)(int)) {
  static char stack[64 * 1024];
  const stack_t alternate{stack, 0, sizeof stack};
  ::sigaltstack(&alternate, nullptr);
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESETHAND | SA_ONSTACK | SA_NODEFER;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace lockstep::testkit
