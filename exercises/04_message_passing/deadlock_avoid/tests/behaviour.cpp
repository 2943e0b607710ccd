#include "exchange.hpp"
#include "harness/inside/testkit/mpi.hpp"
#include "harness/inside/testkit/testkit.hpp"

namespace {

// A block that tells by its values who made it.
std::vector<double> block_of(int rank, std::size_t length) {
  std::vector<double> block(length);
  for (std::size_t i = 0; i < length; ++i) block[i] = 1000.0 * (rank + 1) + static_cast<double>(i) / 1024;
  return block;
}

// Neighbours in pairs: 0 and 1, 2 and 3, ...; with an odd number the last has nobody.
int neighbour(const lockstep::testkit::MpiCase& at) {
  const int other = at.rank ^ 1;
  return other < at.size ? other : MPI_PROC_NULL;
}

std::vector<double> expected_from(int partner, std::size_t length) {
  return partner == MPI_PROC_NULL ? std::vector<double>{} : block_of(partner, length);
}

int modulo(long long value, int size) { return static_cast<int>(((value % size) + size) % size); }

}  // namespace

MPI_TEST(Exchange, NeighboursSwapSmallBlocks) {
  for (const std::size_t length : {0, 1, 17, 100})
    EXPECT_EQ(pdc::exchange(block_of(at.rank, length), neighbour(at), at.comm), expected_from(neighbour(at), length));
}

MPI_TEST(Exchange, LengthsMayDiffer) {
  const auto length_on = [](int rank) { return static_cast<std::size_t>(7 * rank % 40); };
  const int partner = neighbour(at);
  const std::vector<double> received = pdc::exchange(block_of(at.rank, length_on(at.rank)), partner, at.comm);
  EXPECT_EQ(received, expected_from(partner, partner == MPI_PROC_NULL ? 0 : length_on(partner)));
}

MPI_TEST(Exchange, WithNobodyGivesNothing) { EXPECT_EQ(pdc::exchange({1.5, 2.5}, MPI_PROC_NULL, at.comm), std::vector<double>{}); }

MPI_TEST(Ring, BlocksMoveByOne) { EXPECT_EQ(pdc::ring_shift(block_of(at.rank, 10), 1, at.comm), block_of(modulo(at.rank - 1, at.size), 10)); }

MPI_TEST(Ring, AnyDisplacementWillDo) {
  const int size = at.size;
  for (const int displacement : {0, 2, size, size + 1, -1, -size, -3 * size - 1, 1'000'003, -1'000'003})
    EXPECT_EQ(pdc::ring_shift(block_of(at.rank, 10), displacement, at.comm), block_of(modulo(0LL + at.rank - displacement, size), 10))
        << "displacement " << displacement;
}

MPI_TEST(Ring, LengthsMayDiffer) {
  const auto length_on = [](int rank) { return static_cast<std::size_t>(5 * rank % 13); };
  const int source = modulo(at.rank - 1, at.size);
  EXPECT_EQ(pdc::ring_shift(block_of(at.rank, length_on(at.rank)), 1, at.comm), block_of(source, length_on(source)));
}

// Counted along the messages, with every send waiting for its receive: MPI_Sendrecv has 2 steps, blocking calls in a safe order 4 or 6, "the lower rank
// sends first" 9 with 8 ranks.
MPI_TEST(Ring, BlocksMoveAtTheSameTime) {
  const lockstep::testkit::Cost cost = lockstep::testkit::cost_of(at, [&] { pdc::ring_shift(block_of(at.rank, 1000), 1, at.comm); });
  if (at.size == 8) lockstep::testkit::expect_overlap("messages round the ring", cost.critical_path, 6);
  lockstep::testkit::expect_steps("messages that a rank sends in ring_shift", cost.sent, 2);
}

MPI_TEST(Exchange, TakesTwoMessagesAtMost) {
  const lockstep::testkit::Cost cost = lockstep::testkit::cost_of(at, [&] { pdc::exchange(block_of(at.rank, 1000), neighbour(at), at.comm); });
  lockstep::testkit::expect_steps("messages that a rank sends in exchange", cost.sent, 2);
}

MPI_TEST(Large, NeighboursSwapBlocks) {
  for (const std::size_t length : {511, 512, 20'000}) {
    const std::vector<double> received = pdc::exchange(block_of(at.rank, length), neighbour(at), at.comm);
    ASSERT_TRUE(received == expected_from(neighbour(at), length)) << "blocks of " << length << " numbers";
  }
}

MPI_TEST(Large, BlocksMoveRound) {
  for (const int displacement : {1, -1}) {
    for (const std::size_t length : {511, 512, 20'000}) {
      const std::vector<double> received = pdc::ring_shift(block_of(at.rank, length), displacement, at.comm);
      ASSERT_TRUE(received == block_of(modulo(at.rank - displacement, at.size), length)) << "blocks of " << length << " numbers";
    }
  }
}

static void swap_a_million(const lockstep::testkit::MpiCase& at) {
  constexpr std::size_t million = 1'000'000;
  ASSERT_TRUE(pdc::exchange(block_of(at.rank, million), neighbour(at), at.comm) == expected_from(neighbour(at), million));
  ASSERT_TRUE(pdc::ring_shift(block_of(at.rank, million), 1, at.comm) == block_of(modulo(at.rank - 1, at.size), million));
}
TEST(Large, AMillionNumbers) { lockstep::testkit::run_mpi_cases(swap_a_million, {2, 3}); }
