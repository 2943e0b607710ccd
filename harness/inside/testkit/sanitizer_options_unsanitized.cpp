// The sanitizers' settings, in an object of ours: a submission's own definitions are local to its object and lose, and the linker refuses two.
// The environment (TSAN_OPTIONS and so on) still wins over what stands here, which the harness uses for the second run of programs with fences.
//
// Under the harness nothing is symbolised in the process (it would fork a symbolizer inside the sandbox): records carry addresses. A
// person who runs the program by hand gets readable reports.
#include <fcntl.h>
#include <sys/syscall.h>

#include "harness/inside/channel/raw_syscalls.hpp"
#include "harness/inside/channel/record_layout.hpp"

namespace {

// The runtimes ask before constructors run, perhaps before the token was read: so the descriptor itself is asked.
bool under_harness() { return lockstep::raw::call(SYS_fcntl, lockstep::channel::records_descriptor, F_GETFD) >= 0; }

}  // namespace

extern "C" {

// detect_deadlocks=0: the lock-order heuristic ignores gate locks and happens-before, so it accuses right programs; hangs are proven otherwise.
// report_thread_leaks=0: a joinable thread at exit shows elsewhere, and main may return early in a right program.
// atexit_sleep_ms=0: the default costs a second whenever a thread is alive at exit.
// die_after_fork=0: a child of a process with threads may create threads.
// history_size: how far back the stack of the older access can be restored.
// report_signal_unsafe=0: no exercise is about it, and the check knows nothing of handlers that only run at safe moments.
const char* __tsan_default_options() {
  return under_harness() ? "exitcode=66:halt_on_error=0:detect_deadlocks=0:report_thread_leaks=0:report_signal_unsafe=0:atexit_sleep_ms=0:"
                           "die_after_fork=0:history_size=4:handle_segv=0:handle_abort=0:symbolize=0"
                         : "detect_deadlocks=0:report_thread_leaks=0:report_signal_unsafe=0:atexit_sleep_ms=0:die_after_fork=0:history_size=4";
}

// Nothing is suppressed by name here: names need symbols, which the process does not have. What libstdc++ does on purpose is recognised
// by harness/observe/frames.cpp, after symbolisation.
const char* __tsan_default_suppressions() { return ""; }

// Leaks are looked for once, by leak_check.cpp, at a moment that is known; not by the runtime after the end record.
const char* __asan_default_options() {
  return under_harness()
             ? "detect_leaks=1:leak_check_at_exit=0:detect_stack_use_after_return=1:check_initialization_order=1:strict_string_checks=1:"
               "allocator_may_return_null=1:handle_abort=0:symbolize=0:print_summary=0"
             : "detect_leaks=1:leak_check_at_exit=0:detect_stack_use_after_return=1:check_initialization_order=1:strict_string_checks=1";
}
const char* __lsan_default_options() { return "print_suppressions=0:report_objects=0:max_leaks=50"; }

// Open MPI keeps memory until the process ends and unloads the plugins that own it (dlclose), which leaves frames without a module; the
// judge of leaks (harness/observe/frames.cpp) takes only blocks that the student's code asked for itself.
const char* __lsan_default_suppressions() {
  return "leak:libmpi\nleak:libopen-rte\nleak:libopen-pal\nleak:mca_\nleak:libpmix\nleak:libhwloc\nleak:libevent\nleak:libmca_\n";
}

const char* __ubsan_default_options() {
  return under_harness() ? "print_stacktrace=0:symbolize=0:silence_unsigned_overflow=1" : "print_stacktrace=1";
}
}
