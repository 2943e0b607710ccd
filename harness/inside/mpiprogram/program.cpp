// A whole program of somebody's under the MPI layer: `lockstep mpi`. The layer begins with MPI_Init and ends with MPI_Finalize; what the program is
// otherwise is its own. To the harness it is one test, called "program".
//
// The first constructor says that the process lives and registers the last exit handler, as testkit/main.cpp does; there the end record is written.
#include <mpi.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/checks.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/errors.hpp"
#include "harness/inside/mpiwatch/findings.hpp"
#include "harness/inside/mpiwatch/objects.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/threads.hpp"
#include "harness/inside/testkit/leak_check.hpp"
#include "harness/inside/testkit/uncaught.hpp"

using namespace lockstep;
using namespace lockstep::mpiwatch;

namespace {

enum class Stage { before, running, finalised } stage = Stage::before;
int main_process = 0;

bool asked(const char* variable, const char* value) {
  const char* is = std::getenv(variable);
  return is != nullptr && std::strcmp(is, value) == 0;
}

// As exit handlers are called with what the program returned, in the order of their registration backwards: this one last.
void end_program(int status, void*) {
  if (::getpid() != main_process) return;  // a child that the program forked
  if (stage == Stage::before)
    report("missing_init", "The program ends without a call of MPI_Init: its copies know nothing of each other.");
  else if (stage == Stage::running && shared().stopped == 0 && shared().hung == 0) {
    shared().stopped = 1;
    report_at("missing_finalize", own_words() + " ends without MPI_Finalize; its last call of MPI was " + call_words(last_call()) + ".", last_call());
  }
  if (stage != Stage::finalised) return;
  testkit::report_leaks();
  if (status != 0) channel::emit_failure("", 0, own_words() + " ended with the exit status " + std::to_string(status) + "; a program that succeeds returns 0.");
  channel::emit_test_end("program", status == 0 ? channel::TestOutcome::passed : channel::TestOutcome::failed);
  const std::string test = "program";
  channel::emit_end({&test, 1});
}

[[noreturn]] void report_uncaught() {
  if (self().ready) shared().stopped = 1;
  report_at("exception", own_words() + ": " + testkit::describe_uncaught().what + ".", last_call());
  std::abort();
}

[[gnu::constructor(101)]] void begin_program() {
  main_process = ::getpid();
  channel::emit_begin();
  channel::emit_test_begin("program");
  ::on_exit(end_program, nullptr);
  std::set_terminate(report_uncaught);
  report_fatal_signals();
}

int start(const Site& site, int* argc, char*** argv, int wanted, int* granted) {
  if (stage != Stage::before) {
    int finalised = 0;
    PMPI_Finalized(&finalised);
    report_and_end("double_init", call_words(site) + ": MPI has been " + (finalised ? "ended already, and cannot be started again." : "started already."));
  }
  note_call(site);
  // The layer sees one call at a time, so it grants no more than that; the standard lets a library grant less than was asked for.
  *granted = wanted > MPI_THREAD_SERIALIZED ? MPI_THREAD_SERIALIZED : wanted;
  int provided = 0;
  const int rc = PMPI_Init_thread(argc, argv, *granted, &provided);
  if (rc != MPI_SUCCESS) return rc;
  stage = Stage::running;
  allow_threads(*granted);
  int ranks = 0;
  PMPI_Comm_size(MPI_COMM_WORLD, &ranks);
  try {
    if (ranks > most_ranks) throw std::runtime_error("more ranks than the grader has room for");
    begin_layer();
  } catch (const std::exception& error) {
    channel::emit_fault(error.what());
    ::_exit(EXIT_FAILURE);
  }
  self().buffered = asked("LOCKSTEP_BUFFERING", "default");
  self().wildcards_are_declared = !asked("LOCKSTEP_WILDCARDS", "undeclared");
  channel::set_rank(self().rank);
  PMPI_Comm_set_errhandler(MPI_COMM_WORLD, fatal_errors());
  PMPI_Comm_set_errhandler(MPI_COMM_SELF, fatal_errors());
  CurrentCase program{.turn = 1, .rank = self().rank, .members = {}, .words = "rank " + std::to_string(self().rank)};
  for (int rank = 0; rank < self().size; ++rank) program.members.push_back(rank);
  begin_case(program);
  return MPI_SUCCESS;
}

}  // namespace

extern "C" {

int MPI_Init(int* argc, char*** argv) {
  int granted = 0;
  return start(LOCKSTEP_SITE(), argc, argv, MPI_THREAD_SINGLE, &granted);
}

int MPI_Init_thread(int* argc, char*** argv, int wanted, int* granted) { return start(LOCKSTEP_SITE(), argc, argv, wanted, granted); }

int MPI_Query_thread(int* granted) {
  *granted = allowed_threads();
  return MPI_SUCCESS;
}

int MPI_Finalize(void) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  end_case(false, false);
  report_leftovers();
  close_case();
  self().ready = false;
  stage = Stage::finalised;
  return PMPI_Finalize();
}

int MPI_Abort(MPI_Comm comm, int code) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  static_cast<void>(comm);
  report_and_end("abort", own_words() + " ends all ranks by " + call_words(site) + ", with the code " + std::to_string(code) + ".");
}

}  // extern "C"
