#include "harness/inside/mpiwatch/errors.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <string>

#include "harness/inside/channel/backtrace.hpp"
#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/findings.hpp"
#include "harness/inside/mpiwatch/words.hpp"
#include "harness/inside/testkit/fatal_signals.hpp"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LOCKSTEP_UNDER_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define LOCKSTEP_UNDER_ASAN 1
#endif

namespace lockstep::mpiwatch {
namespace {

#ifdef LOCKSTEP_UNDER_ASAN
constexpr bool under_asan = true;
#else
constexpr bool under_asan = false;
#endif

template <class Handle>
void end_by_error(Handle*, int* code, ...) {
  const std::string call = call_in_words();
  report_and_end("error", "MPI ended " + own_words() + (call.empty() ? "" : ", which was in " + call) + ", with the error " + error_words(*code));
}

const char* name_of(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "segmentation fault (SIGSEGV)";
    case SIGBUS:
      return "bus error (SIGBUS)";
    case SIGFPE:
      return "arithmetic error (SIGFPE)";
    case SIGILL:
      return "illegal instruction (SIGILL)";
    default:
      return "abort (SIGABRT)";
  }
}

// Composed when a case begins is too early for its end, so here, with nothing that allocates.
void say_and_die(int signal) {
  char kind[256];
  std::snprintf(kind, sizeof kind, "%s on %s", name_of(signal), current_case().open() ? current_case().words.c_str() : "a rank");
  std::array<std::uintptr_t, 32> pcs;
  channel::emit_sanitizer("signal", kind, {pcs.data(), channel::read_backtrace(pcs)});
  ::raise(signal);  // now it ends the process, and mpirun the others
}

}  // namespace

MPI_Errhandler fatal_errors() {
  static MPI_Errhandler handler = [] {
    MPI_Errhandler made = MPI_ERRHANDLER_NULL;
    PMPI_Comm_create_errhandler(end_by_error<MPI_Comm>, &made);
    return made;
  }();
  return handler;
}

MPI_Errhandler fatal_window_errors() {
  static MPI_Errhandler handler = [] {
    MPI_Errhandler made = MPI_ERRHANDLER_NULL;
    PMPI_Win_create_errhandler(end_by_error<MPI_Win>, &made);
    return made;
  }();
  return handler;
}

void report_fatal_signals() {
  for (const int signal : testkit::fatal_signals)
    if (!under_asan || signal == SIGABRT) testkit::handle_fatal_signal(signal, say_and_die);
}

}  // namespace lockstep::mpiwatch
