// Tests over several ranks. Every rank of the launch runs every test; each case of a test gets a communicator of its own.
#pragma once

#include <gtest/gtest.h>
#include <mpi.h>

#include <initializer_list>
#include <string>

namespace lockstep::testkit {

// One case: a communicator of `size` ranks carved out of one world, in one of the shapes that a submission must not care about.
struct MpiCase {
  MPI_Comm comm = MPI_COMM_NULL;
  int rank = 0;
  int size = 1;
  std::string
      shape;  // "dup": as in the world; "reversed": ranks reversed against the world; "half": one half of a split (other ranks than 0, 1, ...)
};

using MpiBody = void (*)(const MpiCase&);

// Runs `body` for every size of `sizes` in every shape ("reversed" needs 2 ranks, "half" more ranks in the world than in the case), until the
// first case that fails on some rank. Between two cases ranks meet through shared memory, not MPI, so that one rank's failed expectation or
// exception cannot hang the others. A hang is proven per case (mpiwatch/hang_proof.hpp); it ends the launch, with each rank's current call on
// record, unless a rank had left the case by an exception or a fatal failure: then that stands as the cause. The tests that had not yet run are
// to be launched again. So does an error that MPI reports under the default error handler. After a case, a message on its communicator that
// nobody received is reported (hygiene "message"); messages on communicators made by the submission are not looked for.
void run_mpi_cases(MpiBody body, std::initializer_list<int> sizes);

// Delays this rank until every other rank of the case has posted its first blocking MPI call, or has finished, or calls this too: so messages
// are there before the receives for them are posted.
void let_others_go_first(const MpiCase& current);

// To be called on all ranks: each rank but 0 is delayed until the next higher one has posted its first blocking MPI call (or finished) and rank
// 0 has looked for messages since, or finished. So what the ranks send first arrives at rank 0 in falling order of their ranks.
void arrive_in_reverse(const MpiCase& current);

}  // namespace lockstep::testkit

// MPI_TEST(Suite, Name) { ... uses `at.comm`, `at.rank`, `at.size` ... }, for 1, 2, 3, 4, 5 and 8 ranks.
#define MPI_TEST(suite, name)                                                                          \
  static void suite##_##name##_body(const ::lockstep::testkit::MpiCase& at);                           \
  TEST(suite, name) { ::lockstep::testkit::run_mpi_cases(suite##_##name##_body, {1, 2, 3, 4, 5, 8}); } \
  static void suite##_##name##_body([[maybe_unused]] const ::lockstep::testkit::MpiCase& at)
