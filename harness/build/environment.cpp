// The sanitizers' options: what a verdict depends on must not be left to the defaults of whichever runtime is linked.
#include "harness/build/build.hpp"

namespace lockstep::build {

std::vector<std::string> engine_environment(model::Engine engine, const Built& built) {
  switch (engine) {
    case model::Engine::tsan:
      // Verdicts come from reports, never from the exit status, and every report is wanted. Lock-order heuristics accuse right programs (a gate lock,
      // phases that a join separates), and so does the search for unjoined threads; both are proven by other means. No symbols: the build resolves addresses
      // outside of the box. The last second of waiting for other threads is not for grading.
      return {"TSAN_OPTIONS=exitcode=66:halt_on_error=0:detect_deadlocks=0:report_thread_leaks=0:report_signal_unsafe=0:atexit_sleep_ms=0:history_size=4:"
              "symbolize=0:handle_segv=0:handle_abort=0:log_path=stderr"};
    case model::Engine::asan:
      // The MPI library keeps memory until the end of the process.
      return {std::string("ASAN_OPTIONS=exitcode=66:abort_on_error=0:symbolize=0:detect_stack_use_after_return=1:check_initialization_order=1:"
                          "allocator_may_return_null=1:handle_abort=0:detect_leaks=") +
                  (built.uses_mpi ? "0" : "1"),
              "UBSAN_OPTIONS=print_stacktrace=1:symbolize=0:halt_on_error=1", "LSAN_OPTIONS=exitcode=66:report_objects=1"};
    default: return {};
  }
}

}  // namespace lockstep::build
