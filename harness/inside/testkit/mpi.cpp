#include "harness/inside/testkit/mpi.hpp"

#include <numeric>
#include <string>
#include <vector>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/errors.hpp"
#include "harness/inside/testkit/mpi_world.hpp"

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

// Every member has finished, so what is still unreceived will never be received.
bool report_unreceived(MPI_Comm comm, const std::string& words) {
  constexpr int looks = 3;
  for (int look = 0; look < looks; ++look) {
    int flag = 0;
    MPI_Status status;
    PMPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, comm, &flag, &status);
    if (!flag) continue;
    channel::emit_hygiene("message", "a message from rank " + std::to_string(status.MPI_SOURCE) + " with tag " + std::to_string(status.MPI_TAG) +
                                         " was never received by " + words);
    return true;
  }
  return false;
}

bool run_case(MpiBody body, int size, const Shape& shape) {
  const std::uint32_t turn = ++turns;
  int rank = -1;
  for (std::size_t i = 0; i < shape.members.size(); ++i)
    if (shape.members[i] == mpi_world().rank) rank = static_cast<int>(i);
  if (rank < 0) return mpiwatch::sit_out_case(turn);

  MpiCase at{.rank = rank, .size = size, .shape = shape.name};
  const std::string words = "rank " + std::to_string(rank) + " of " + std::to_string(size) + shape.words;
  mpiwatch::begin_case(CurrentCase{.turn = turn, .rank = rank, .members = shape.members, .words = words});
  MPI_Group everyone = MPI_GROUP_NULL, group = MPI_GROUP_NULL;
  PMPI_Comm_group(mpi_world().comm, &everyone);
  PMPI_Group_incl(everyone, size, shape.members.data(), &group);
  PMPI_Comm_create_group(mpi_world().comm, group, static_cast<int>(turn % 32768), &at.comm);
  PMPI_Group_free(&group);
  PMPI_Group_free(&everyone);
  PMPI_Comm_set_errhandler(at.comm, mpiwatch::fatal_errors());

  const bool left_early = run_body(body, at, words);
  const bool failed = mpiwatch::end_case(testing::Test::HasFailure(), left_early);
  const bool unreceived = report_unreceived(at.comm, words);
  // What a failed case left under way must not reach a later communicator, so its own is kept.
  if (!failed && !unreceived) PMPI_Comm_free(&at.comm);
  return failed;
}

}  // namespace

void run_mpi_cases(MpiBody body, std::initializer_list<int> sizes) {
  for (const int size : sizes) {
    if (size > mpi_world().size) {
      channel::emit_fault("a test over " + std::to_string(size) + " ranks was launched with " + std::to_string(mpi_world().size));
      return fail_here("this test needs " + std::to_string(size) + " ranks: start it with mpirun -np 8");
    }
    for (const Shape& shape : shapes_of(size, mpi_world().size))
      if (run_case(body, size, shape)) return;
  }
}

void let_others_go_first(const MpiCase&) { mpiwatch::wait_for_others_to_enter(); }
void arrive_in_reverse(const MpiCase&) { mpiwatch::wait_for_next_to_arrive(); }

}  // namespace lockstep::testkit
