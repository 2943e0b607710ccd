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

TEST(Blocks, AreFairAndCoverEverything) {
  for (std::int64_t n = 0; n <= 50; ++n)
    for (int size = 1; size <= 9; ++size) {
      std::int64_t next = 0;
      for (int rank = 0; rank < size; ++rank) {
        const pdc::Block block = pdc::block_of(n, rank, size);
        ASSERT_EQ(block.count, n / size + (rank < n % size ? 1 : 0)) << n << " elements, rank " << rank << " of " << size;
        ASSERT_EQ(block.begin, next) << n << " elements, rank " << rank << " of " << size;
        next += block.count;
      }
      ASSERT_EQ(next, n);
    }
}

TEST(Blocks, OfMoreThanFourThousandMillionElements) {
  EXPECT_EQ(pdc::block_of(10'000'000'001, 0, 2), (pdc::Block{0, 5'000'000'001}));
  EXPECT_EQ(pdc::block_of(10'000'000'001, 1, 2), (pdc::Block{5'000'000'001, 5'000'000'000}));
}

MPI_TEST(Scatter, EveryLengthFromEveryRoot) {
  for (int root = 0; root < at.size; ++root)
    for (const std::int64_t n : {0, 1, 2, 7, 10, 16, 41})
      ASSERT_EQ(pdc::scatter_blocks(at.rank == root ? numbers(0, n) : std::vector<double>{}, root, at.comm), block_by_turns(n, at.rank, at.size))
          << n << " elements from root " << root;
}

MPI_TEST(Scatter, ManyElements) {
  constexpr std::int64_t n = 100'003;
  EXPECT_TRUE(pdc::scatter_blocks(at.rank == 0 ? numbers(0, n) : std::vector<double>{}, 0, at.comm) == block_by_turns(n, at.rank, at.size));
}

MPI_TEST(Scatter, RefusesARootThatIsNotThere) {
  EXPECT_THROW(pdc::scatter_blocks({1, 2}, at.size, at.comm), std::out_of_range);
  EXPECT_THROW(pdc::scatter_blocks({1, 2}, -1, at.comm), std::out_of_range);
}

static lockstep::testkit::Cost cost_of_scattering(std::int64_t n, const lockstep::testkit::MpiCase& at) {
  return lockstep::testkit::cost_of(at, [&] { pdc::scatter_blocks(at.rank == 0 ? numbers(0, n) : std::vector<double>{}, 0, at.comm); });
}

MPI_TEST(Cost, NobodyGetsMoreThanItsBlock) {
  constexpr std::int64_t n = 1000;
  const auto cost = cost_of_scattering(n, at);
  lockstep::testkit::expect_steps("collective calls of scatter_blocks", cost.collectives, 3);
  if (at.size == 1 || at.rank == 0) return;
  const auto block = static_cast<std::uint64_t>(n / at.size + (at.rank < n % at.size ? 1 : 0));
  lockstep::testkit::expect_steps("bytes that a rank receives for a block of " + std::to_string(8 * block), cost.received_bytes, 8 * block + 16);
}

MPI_TEST(Cost, TwoCallsAreEnough) { lockstep::testkit::expect_steps("collective calls of scatter_blocks", cost_of_scattering(10, at).collectives, 2); }
