#include "harness/inside/testkit/mpi.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "p2p.hpp"

namespace {

// A payload that tells by its values who made it.
std::vector<double> payload_of(int rank, std::size_t length) {
  std::vector<double> payload(length);
  for (std::size_t i = 0; i < length; ++i) payload[i] = 1000.0 * (rank + 1) + static_cast<double>(i) / 1024;
  return payload;
}

void expect_delivery(int src, int dst, int tag, std::size_t length, const lockstep::testkit::MpiCase& at) {
  lockstep::testkit::expect_no_wildcards();
  // What others pass is garbage of another length.
  const std::vector<double> mine = payload_of(at.rank, at.rank == src ? length : 3);
  const std::vector<double> got = pdc::deliver(mine, src, dst, tag, at.comm);
  ASSERT_TRUE(got == (at.rank == dst ? payload_of(src, length) : std::vector<double>{}))
      << "from " << src << " to " << dst << ", " << length << " numbers: " << got.size() << " came";
}

std::vector<std::int64_t> expected_token(const lockstep::testkit::MpiCase& at) {
  std::vector<std::int64_t> all;
  for (int rank = 0; at.rank == 0 && rank < at.size; ++rank) all.push_back(7'000'000'000 + rank);
  return all;
}

}  // namespace

MPI_TEST(Deliver, BetweenAllPairs) {
  for (int src = 0; src < at.size; ++src)
    for (int dst = 0; dst < at.size; ++dst) expect_delivery(src, dst, 5, 4, at);
}

MPI_TEST(Deliver, AnyLength) {
  for (const std::size_t length : {0, 1, 511, 512, 1024, 1025, 20'000}) expect_delivery(0, at.size - 1, 1, length, at);
}

static void deliver_a_million(const lockstep::testkit::MpiCase& at) { expect_delivery(at.size - 1, 0, 2, 1'000'000, at); }
TEST(Deliver, AMillionNumbers) { lockstep::testkit::run_mpi_cases(deliver_a_million, {1, 2}); }

MPI_TEST(Deliver, ManyInARow) {
  for (int time = 0; time < 10; ++time) expect_delivery(0, at.size - 1, 9, static_cast<std::size_t>(10 - time), at);
}

MPI_TEST(Deliver, RefusesRanksThatAreNotThere) {
  EXPECT_THROW(pdc::deliver({1}, at.size, 0, 0, at.comm), std::out_of_range);
  EXPECT_THROW(pdc::deliver({1}, 0, -1, 0, at.comm), std::out_of_range);
}

MPI_TEST(Ring, RankZeroGetsAllValuesInOrder) {
  lockstep::testkit::expect_no_wildcards();
  EXPECT_EQ(pdc::ring_token(7'000'000'000 + at.rank, at.comm), expected_token(at));
}

MPI_TEST(Ring, GoesRoundAgainAndAgain) {
  lockstep::testkit::expect_no_wildcards();
  for (int time = 0; time < 3; ++time) EXPECT_EQ(pdc::ring_token(7'000'000'000 + at.rank, at.comm), expected_token(at));
}

MPI_TEST(Cost, OfADelivery) {
  constexpr std::size_t length = 1000;
  const auto cost = lockstep::testkit::cost_of(at, [&] { expect_delivery(0, at.size - 1, 5, length, at); });
  lockstep::testkit::expect_steps("messages of a delivery", cost.all_sent, 2);
  lockstep::testkit::expect_steps("bytes that a delivery of 8000 sends", cost.sent_bytes, 8 * length + 16);
}

MPI_TEST(Cost, OfTheToken) {
  const auto cost = lockstep::testkit::cost_of(at, [&] { EXPECT_EQ(pdc::ring_token(7'000'000'000 + at.rank, at.comm), expected_token(at)); });
  const auto size = static_cast<std::uint64_t>(at.size);
  lockstep::testkit::expect_steps("messages of a round of the token", cost.all_sent, size == 1 ? 0 : 2 * size);
  lockstep::testkit::expect_steps("bytes that a rank sends for the token", cost.sent_bytes, 8 * size + 16);
}
