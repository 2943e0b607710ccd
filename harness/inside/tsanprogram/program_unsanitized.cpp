// A whole program of somebody's under ThreadSanitizer: `lockstep explore --engine tsan`. Its own main is called lockstep_program_main by then (objcopy
// --redefine-sym). To the harness it is one test, called "main".
//
// The first constructor says that the process lives and registers the last exit handler, as testkit/main.cpp does; there the end record is written. How else a
// program can end is reported under the words that the engine lockstep has for it (Outcome of lockstep/exchange.hpp).
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>

#include "harness/inside/channel/backtrace.hpp"
#include "harness/inside/channel/channel.hpp"
#include "harness/inside/testkit/fatal_signals.hpp"
#include "harness/inside/testkit/uncaught.hpp"

// A C program's and a C++ program's main have one and the same unmangled name.
extern "C" int lockstep_program_main(int argc, char** argv, char** envp);
extern "C" void __sanitizer_set_death_callback(void (*callback)());

namespace {

namespace channel = lockstep::channel;

bool ended = false;

// As exit handlers are called with what the program returned, in the order of their registration backwards: this one last.
void end_program(int status, void*) {
  if (!channel::in_main_process()) return;
  ended = true;
  if (status != 0) channel::emit_sanitizer("wrong_exit", std::to_string(status), {});
  channel::emit_test_end("main", status == 0 ? channel::TestOutcome::passed : channel::TestOutcome::failed);
  const std::string test = "main";
  channel::emit_end({&test, 1});
}

// A child that the program forked ends as it would by itself: what that means, its parent decides.
[[noreturn]] void end_by(int signal, const char* outcome, const char* text) {
  if (channel::in_main_process()) {
    std::array<std::uintptr_t, 48> pcs;
    channel::emit_sanitizer(outcome, text, {pcs.data(), channel::read_backtrace(pcs)});
  } else {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  ::_exit(128 + signal);
}

// ThreadSanitizer ends a program that raced in the same way, but after the last exit handler.
void on_death_of_the_runtime() {
  if (!ended && channel::in_main_process()) channel::emit_fault("its runtime gave up, which it does when a thread is joined twice, say");
}

void on_fatal_signal(int signal) { end_by(signal, "crash", ::strsignal(signal)); }

[[noreturn]] void on_terminate() { end_by(SIGABRT, "crash", lockstep::testkit::describe_uncaught().what.c_str()); }

[[gnu::constructor(101)]] void begin_program() {
  channel::emit_begin();
  channel::emit_test_begin("main");
  ::on_exit(end_program, nullptr);
  std::set_terminate(on_terminate);
  __sanitizer_set_death_callback(on_death_of_the_runtime);
  for (const int signal : lockstep::testkit::fatal_signals) lockstep::testkit::handle_fatal_signal(signal, on_fatal_signal);
}

}  // namespace

extern "C" [[noreturn]] void __assert_fail(const char* what, const char*, unsigned, const char* function) noexcept {
  char message[700];
  std::snprintf(message, sizeof message, "assert(%s) failed in %s", what, function ? function : "?");
  end_by(SIGABRT, "asserted", message);
}

int main(int argc, char** argv, char** envp) { return lockstep_program_main(argc, argv, envp); }
