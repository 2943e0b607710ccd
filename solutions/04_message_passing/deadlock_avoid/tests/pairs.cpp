// Every way to choose a partner, with blocks that no buffer of the library takes over from the sender.
#include <climits>

#include "exchange.hpp"
#include "harness/inside/testkit/mpi.hpp"
#include "harness/inside/testkit/testkit.hpp"

namespace {

constexpr std::size_t large = 10'000;

std::vector<double> block_of(int rank, std::size_t length) {
  std::vector<double> block(length);
  for (std::size_t i = 0; i < length; ++i) block[i] = 1000.0 * (rank + 1) + static_cast<double>(i) / 1024;
  return block;
}

std::size_t length_on(int rank) { return large + 3 * static_cast<std::size_t>(rank); }

void expect_exchange_with(int partner, const lockstep::testkit::MpiCase& at) {
  const std::vector<double> received = pdc::exchange(block_of(at.rank, length_on(at.rank)), partner, at.comm);
  const std::vector<double> expected = partner == MPI_PROC_NULL ? std::vector<double>{} : block_of(partner, length_on(partner));
  ASSERT_TRUE(received == expected) << "rank " << at.rank << " with partner " << partner;
}

}  // namespace

MPI_TEST(Pairs, PartnersAtADistanceOfTwo) {  // 0 and 2, 1 and 3, 4 and 6, ...
  const int partner = at.rank ^ 2;
  expect_exchange_with(partner < at.size ? partner : MPI_PROC_NULL, at);
}

MPI_TEST(Pairs, TheFirstWithTheLast) {  // in the middle of an odd number a rank is its own partner
  expect_exchange_with(at.size - 1 - at.rank, at);
}

MPI_TEST(Pairs, EverybodyWithItself) { expect_exchange_with(at.rank, at); }

MPI_TEST(Pairs, OnlyThePartnersNeedToCall) {
  if (at.rank >= 2) return;
  expect_exchange_with(at.size > 1 ? 1 - at.rank : MPI_PROC_NULL, at);
}

MPI_TEST(Pairs, OneAfterTheOther) {
  for (int other = 0; other < at.size; ++other) {  // rank 0 with everybody in turn; nobody else waits for anybody else
    if (at.rank == 0)
      expect_exchange_with(other, at);
    else if (at.rank == other)
      expect_exchange_with(0, at);
  }
}

MPI_TEST(Pairs, OneComesLate) {
  if (at.rank == 0) lockstep::testkit::let_others_go_first(at);
  expect_exchange_with(at.size - 1 - at.rank, at);
}

MPI_TEST(Pairs, APartnerOutOfRangeIsRefused) {
  expect_exchange_with(MPI_PROC_NULL, at);
  EXPECT_THROW(pdc::exchange({1}, at.size, at.comm), std::out_of_range);
  EXPECT_THROW(pdc::exchange({1}, INT_MAX, at.comm), std::out_of_range);
  EXPECT_THROW(pdc::exchange({1}, -100, at.comm), std::out_of_range);
}

MPI_TEST(Shifts, LargeBlocksByAnyDisplacement) {
  for (const int displacement : {2, -2, 3, at.size, -3 * at.size - 1, INT_MAX, INT_MIN}) {
    const long long source = ((0LL + at.rank - displacement) % at.size + at.size) % at.size;
    const std::vector<double> received = pdc::ring_shift(block_of(at.rank, length_on(at.rank)), displacement, at.comm);
    ASSERT_TRUE(received == block_of(static_cast<int>(source), length_on(static_cast<int>(source)))) << "displacement " << displacement;
  }
}
