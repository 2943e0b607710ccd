// Tests over several ranks. Every rank of the launch runs every test; each case of a test gets a communicator of its own.
#pragma once

#include <mpi.h>

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

namespace lockstep::testkit {

// One case: a communicator of `size` ranks carved out of one world, in one of the shapes that a submission must not care about.
struct MpiCase {
  MPI_Comm comm = MPI_COMM_NULL;
  int rank = 0;
  int size = 1;
  std::string shape;  // "dup", "reversed", "half": duplicate, ranks reversed against the world, one half of a split
};

using MpiBody = void (*)(const MpiCase&);

// Runs `body` for every size of `sizes` in every shape. Between two cases ranks meet through shared memory, not MPI, so that one rank's failed
// expectation or exception cannot hang the others. A hang is proven per case (every rank that still runs polls an MPI call that cannot
// complete); it ends the launch, with each rank's current call on record, and the tests that had not yet run are launched again.
void run_mpi_cases(MpiBody body, std::initializer_list<int> sizes);

// Delays this rank until every other rank of the case has entered its first blocking MPI call or finished, or `others` of them have, so that
// messages arrive before, and in another order than, the receives for them are posted.
void let_others_go_first(const MpiCase& current);

}  // namespace lockstep::testkit

// MPI_TEST(Suite, Name) { ... uses `at.comm`, `at.rank`, `at.size` ... }, for 1, 2, 3, 4, 5 and 8 ranks.
#define MPI_TEST(suite, name)                                                              \
  static void suite##_##name##_body(const ::lockstep::testkit::MpiCase& at);               \
  TEST(suite, name) { ::lockstep::testkit::run_mpi_cases(suite##_##name##_body, {1, 2, 3, 4, 5, 8}); } \
  static void suite##_##name##_body([[maybe_unused]] const ::lockstep::testkit::MpiCase& at)
