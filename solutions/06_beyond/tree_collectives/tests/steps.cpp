// How long the longest chain of messages is, and how many there are.
#include "collectives.hpp"
#include "harness/inside/testkit/mpi.hpp"
#include "harness/inside/testkit/testkit.hpp"

namespace {

using lockstep::testkit::Cost;
using lockstep::testkit::MpiCase;

std::uint64_t rounds(int ranks) {  // log2, rounded up
  std::uint64_t count = 0;
  while ((1 << count) < ranks) ++count;
  return count;
}

std::vector<double> thousand(int rank) { return std::vector<double>(1000, 1.0 / (rank + 1)); }

Cost cost_of_broadcast(int root, const MpiCase& at) {
  std::vector<double> data = thousand(at.rank);
  const Cost cost = lockstep::testkit::cost_of(at, [&] { pdc::tree_broadcast(data, root, at.comm); });
  EXPECT_TRUE(data == thousand(root));
  return cost;
}

Cost cost_of_allreduce(const MpiCase& at) {
  std::vector<double> data = thousand(at.rank);
  return lockstep::testkit::cost_of(at, [&] { pdc::butterfly_allreduce(data, at.comm); });
}

std::string with(int ranks) { return " with " + std::to_string(ranks) + " ranks"; }

void expect_logarithmic_broadcast(const MpiCase& at) {
  for (const int root : {0, at.size / 2})
    lockstep::testkit::expect_steps("steps of a broadcast" + with(at.size), cost_of_broadcast(root, at).critical_path, 3 * rounds(at.size));
}

void expect_logarithmic_allreduce(const MpiCase& at) {
  lockstep::testkit::expect_steps("steps of an allreduce" + with(at.size), cost_of_allreduce(at).critical_path, 5 * rounds(at.size));
}

// A reduction by halves and a collection of the halves has more steps, but sends each element about twice: that is as good.
void expect_a_butterfly(const MpiCase& at) {
  const Cost cost = cost_of_allreduce(at);
  if (cost.sent_bytes <= 20'000 && cost.critical_path <= 4 * rounds(at.size)) return;
  lockstep::testkit::expect_steps("steps of an allreduce" + with(at.size), cost.critical_path, 2 * rounds(at.size) + 4);
}

void expect_few_messages(const MpiCase& at) {
  const Cost broadcast = cost_of_broadcast(0, at);
  lockstep::testkit::expect_steps("long messages of a broadcast" + with(at.size), broadcast.all_sent_long, static_cast<std::uint64_t>(at.size) - 1);
  lockstep::testkit::expect_steps("long messages that a rank sends in a broadcast" + with(at.size), broadcast.sent_long, rounds(at.size));
  lockstep::testkit::expect_steps("bytes that a rank sends in an allreduce" + with(at.size), cost_of_allreduce(at).sent_bytes,
                                  (rounds(at.size) + 1) * 8000 + 200);
}

}  // namespace

TEST(Broadcast, IsLogarithmic) { lockstep::testkit::run_mpi_cases(expect_logarithmic_broadcast, {7, 8, 13, 16}); }
TEST(Logarithmic, Allreduce) { lockstep::testkit::run_mpi_cases(expect_logarithmic_allreduce, {7, 8, 13, 16}); }
TEST(Butterfly, Allreduce) { lockstep::testkit::run_mpi_cases(expect_a_butterfly, {7, 8, 13, 16}); }
TEST(Messages, AreAsManyAsNeeded) { lockstep::testkit::run_mpi_cases(expect_few_messages, {7, 8, 13, 16}); }
