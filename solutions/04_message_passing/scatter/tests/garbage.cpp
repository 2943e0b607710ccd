#include "harness/inside/testkit/mpi.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "scatter.hpp"

namespace {

std::vector<double> numbers(std::int64_t from, std::int64_t count) {
  std::vector<double> all;
  for (std::int64_t i = 0; i < count; ++i) all.push_back(0.5 + static_cast<double>(from + i));
  return all;
}

// Written down independently of the submission: the ranks take turns.
std::vector<double> block_by_turns(std::int64_t n, int rank, int size) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(size), 0);
  for (std::int64_t i = 0; i < n; ++i) ++counts[static_cast<std::size_t>(i % size)];
  std::int64_t begin = 0;
  for (int before = 0; before < rank; ++before) begin += counts[static_cast<std::size_t>(before)];
  return numbers(begin, counts[static_cast<std::size_t>(rank)]);
}

}  // namespace

MPI_TEST(Garbage, OnTheOtherRanksIsNotRead) {
  for (const int root : {0, at.size - 1})
    for (const std::size_t length : {0, 1, 5, 1000}) {
      const std::vector<double> mine = at.rank == root ? numbers(0, 13) : std::vector<double>(length + static_cast<std::size_t>(at.rank), -1.0);
      ASSERT_EQ(pdc::scatter_blocks(mine, root, at.comm), block_by_turns(13, at.rank, at.size)) << "root " << root;
    }
}

MPI_TEST(Garbage, CallsFollowEachOther) {
  for (int time = 0; time < 4; ++time) {
    const int root = time % at.size;
    const std::vector<double> mine = at.rank == root ? numbers(100 * time, 9) : std::vector<double>(3, 7.0);
    std::vector<double> expected = block_by_turns(9, at.rank, at.size);
    for (double& value : expected) value += 100.0 * time;
    ASSERT_EQ(pdc::scatter_blocks(mine, root, at.comm), expected);
  }
}
