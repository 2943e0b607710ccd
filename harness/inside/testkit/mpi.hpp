// Tests over several ranks. Every rank of the launch runs every test; each case of a test gets a communicator of its own.
#pragma once

#include <gtest/gtest.h>
#include <mpi.h>

#include <cstdint>
#include <functional>
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

// What a piece of work has cost, counted: the same on any machine under any load. Messages are those of the submission, not the library's own.
struct Cost {
  std::uint64_t sent = 0;       // messages that this rank sent
  std::uint64_t sent_long = 0;  // of them, those of at least 1 KiB
  std::uint64_t sent_bytes = 0, received_bytes = 0;
  std::uint64_t collectives = 0;  // collective calls that it made
  std::uint64_t all_sent = 0, all_sent_long = 0;  // by all ranks of the case
  // Steps along the longest chain of long messages, each of which waits for the one before it (mpiwatch/clocks.hpp): a message from one rank to another
  // has two, a send and a receive.
  std::uint64_t critical_path = 0;
};

// All ranks of the case call it together; they begin together and return when all are through.
Cost cost_of(const MpiCase& current, const std::function<void()>& work);

// Fail the test if `value` is above `most`, as a measurement with a verdict of its own: `expect_steps` is too_slow, `expect_overlap` (a chain) is
// not_concurrent. `what` names what is counted: "messages of rank 0".
void expect_steps(const std::string& what, std::uint64_t value, std::uint64_t most);
void expect_overlap(const std::string& what, std::uint64_t value, std::uint64_t most);

// From now on a source of -1, which is MPI_ANY_SOURCE, is a rank that was computed wrong. For exercises that exclude MPI_ANY_SOURCE.
void expect_no_wildcards();

// The function of the operation that the submission made last in this case (MPI_Op_create), as the library would call it; null if it made none.
void watch_operations();  // forgets those made so far
MPI_User_function* last_operation();

}  // namespace lockstep::testkit

// MPI_TEST(Suite, Name) { ... uses `at.comm`, `at.rank`, `at.size` ... }, for 1, 2, 3, 4, 5 and 8 ranks.
#define MPI_TEST(suite, name)                                                                          \
  static void suite##_##name##_body(const ::lockstep::testkit::MpiCase& at);                           \
  TEST(suite, name) { ::lockstep::testkit::run_mpi_cases(suite##_##name##_body, {1, 2, 3, 4, 5, 8}); } \
  static void suite##_##name##_body([[maybe_unused]] const ::lockstep::testkit::MpiCase& at)
