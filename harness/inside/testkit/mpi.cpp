#include "harness/inside/testkit/mpi.hpp"

#include <numeric>
#include <string>
#include <vector>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/communicators.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/errors.hpp"
#include "harness/inside/mpiwatch/objects.hpp"
#include "harness/inside/mpiwatch/self.hpp"

namespace lockstep::testkit {
namespace {

using mpiwatch::CurrentCase;

std::uint32_t turns = 0;  // cases so far; the same on all ranks, since all run the same tests in the same order

struct Shape {
  const char* name;
  const char* words;
  std::vector<int> members;  // world ranks
};

std::vector<Shape> shapes_of(int size, int world) {
  std::vector<int> first(static_cast<std::size_t>(size));
  std::iota(first.begin(), first.end(), 0);
  std::vector<Shape> shapes{{"dup", "", first}};
  if (size > 1) shapes.push_back({"reversed", ", ranks reversed against the world", {first.rbegin(), first.rend()}});
  if (size == world) return shapes;
  std::vector<int> half;
  for (const int rank : first) half.push_back(2 * size <= world ? 2 * rank + 1 : world - size + rank);  // the odd ones where they suffice
  shapes.push_back({"half", ", one half of a split communicator", half});
  return shapes;
}

void fail_here(const std::string& message) {
  const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
  GTEST_MESSAGE_AT_(test->file(), test->line(), message.c_str(), testing::TestPartResult::kFatalFailure);
}

// Runs the body. Returns whether this rank left it early, so that others may wait for it in vain.
bool run_body(MpiBody body, const MpiCase& at, const std::string& words) {
  const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
  const testing::ScopedTrace trace(test->file(), test->line(), words);
  try {
    body(at);
  } catch (const std::exception& error) {
    // In GoogleTest's words, by which the listener knows a stub.
    fail_here("C++ exception with description \"" + std::string(error.what()) + "\" thrown on " + words);
    return true;
  } catch (...) {
    fail_here("Unknown C++ exception thrown on " + words);
    return true;
  }
  return testing::Test::HasFatalFailure();
}

bool run_case(MpiBody body, int size, const Shape& shape) {
  const std::uint32_t turn = ++turns;
  int rank = -1;
  for (std::size_t i = 0; i < shape.members.size(); ++i)
    if (shape.members[i] == mpiwatch::self().rank) rank = static_cast<int>(i);
  if (rank < 0) return mpiwatch::sit_out_case(turn);

  MpiCase at{.rank = rank, .size = size, .shape = shape.name};
  const std::string words = "rank " + std::to_string(rank) + " of " + std::to_string(size) + shape.words;
  mpiwatch::begin_case(CurrentCase{.turn = turn, .rank = rank, .members = shape.members, .words = words});
  MPI_Group everyone = MPI_GROUP_NULL, group = MPI_GROUP_NULL;
  PMPI_Comm_group(mpiwatch::self().world, &everyone);
  PMPI_Group_incl(everyone, size, shape.members.data(), &group);
  PMPI_Comm_create_group(mpiwatch::self().world, group, static_cast<int>(turn % 32768), &at.comm);
  PMPI_Group_free(&group);
  PMPI_Group_free(&everyone);
  PMPI_Comm_set_errhandler(at.comm, mpiwatch::fatal_errors());
  mpiwatch::note_communicator(at.comm, 1000 + turn, {}, false);

  const bool left_early = run_body(body, at, words);
  const bool failed = mpiwatch::end_case(testing::Test::HasFailure(), left_early);
  const bool left_over = mpiwatch::report_leftovers();
  mpiwatch::close_case();
  mpiwatch::self().wildcards_are_declared = true;
  mpiwatch::forget_communicator(at.comm);
  // What a failed case left under way must not reach a later communicator, so its own is kept.
  if (!failed && !left_over) PMPI_Comm_free(&at.comm);
  return failed;
}

}  // namespace

void run_mpi_cases(MpiBody body, std::initializer_list<int> sizes) {
  for (const int size : sizes) {
    if (size > mpiwatch::self().size) {
      channel::emit_fault("a test over " + std::to_string(size) + " ranks was launched with " + std::to_string(mpiwatch::self().size));
      return fail_here("this test needs " + std::to_string(size) + " ranks: start it with mpirun -np 8");
    }
    for (const Shape& shape : shapes_of(size, mpiwatch::self().size))
      if (run_case(body, size, shape)) return;
  }
}

void let_others_go_first(const MpiCase&) { mpiwatch::wait_for_others_to_enter(); }
void arrive_in_reverse(const MpiCase&) { mpiwatch::wait_for_next_to_arrive(); }

}  // namespace lockstep::testkit
