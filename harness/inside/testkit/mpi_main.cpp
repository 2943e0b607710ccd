// MPI begins before the first test and ends after the last one: an environment of GoogleTest's, so that `main` need not know of MPI.
#include <gtest/gtest.h>
#include <mpi.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/errors.hpp"
#include "harness/inside/mpiwatch/self.hpp"

namespace lockstep::testkit {
namespace {

[[noreturn]] void give_up(const char* reason) {
  channel::emit_fault(reason);
  std::fprintf(stderr, "%s\n", reason);
  ::_exit(EXIT_FAILURE);
}

// A fatal failure in a function that the test has called does not end the test: the rank goes on somewhere else than the others. What follows from that
// is no news.
class NoteFatalFailures : public testing::EmptyTestEventListener {
  void OnTestPartResult(const testing::TestPartResult& result) override {
    if (result.fatally_failed() && mpiwatch::current_case().open()) mpiwatch::own_slot().left_early = mpiwatch::current_case().turn;
  }
};

class MpiEnvironment : public testing::Environment {
  void SetUp() override {
    int provided = 0;
    if (PMPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS) give_up("MPI could not be started");
    int ranks = 0;
    PMPI_Comm_size(MPI_COMM_WORLD, &ranks);
    if (ranks > mpiwatch::most_ranks) give_up("more ranks than the harness has room for");
    try {
      mpiwatch::begin_layer();
    } catch (const std::exception& error) {
      give_up(error.what());
    }
    channel::set_rank(mpiwatch::self().rank);
    PMPI_Comm_set_errhandler(MPI_COMM_WORLD, mpiwatch::fatal_errors());
    PMPI_Comm_set_errhandler(MPI_COMM_SELF, mpiwatch::fatal_errors());
    mpiwatch::report_fatal_signals();
    // Every rank reports on the channel; for a reader of the printed text one is enough.
    auto& listeners = testing::UnitTest::GetInstance()->listeners();
    listeners.Append(new NoteFatalFailures);
    if (mpiwatch::self().rank != 0) delete listeners.Release(listeners.default_result_printer());
  }

  void TearDown() override {
    mpiwatch::self().ready = false;
    PMPI_Finalize();
  }
};

const testing::Environment* const environment = testing::AddGlobalTestEnvironment(new MpiEnvironment);

}  // namespace

}  // namespace lockstep::testkit
