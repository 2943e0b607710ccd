#include "collectives.hpp"
#include "harness/inside/testkit/mpi.hpp"
#include "harness/inside/testkit/testkit.hpp"

#include <cmath>

namespace {

// Sums of such numbers depend on the order in which they are added.
std::vector<double> data_of(int rank, std::size_t length) {
  std::vector<double> data(length);
  for (std::size_t i = 0; i < length; ++i) data[i] = 1.0 / (3 + rank) + 1e-3 * static_cast<double>(i % 17);
  return data;
}

void expect_broadcast(int root, std::size_t length, const lockstep::testkit::MpiCase& at) {
  // The others hold something of another length.
  std::vector<double> data = at.rank == root ? data_of(root, length) : std::vector<double>(static_cast<std::size_t>(at.rank) + 5, -1.0);
  pdc::tree_broadcast(data, root, at.comm);
  ASSERT_TRUE(data == data_of(root, length)) << "root " << root << ", " << length << " elements: " << data.size() << " came";
}

void expect_sums(std::size_t length, const lockstep::testkit::MpiCase& at) {
  std::vector<double> data = data_of(at.rank, length);
  pdc::butterfly_allreduce(data, at.comm);
  data.resize(length);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < length; ++i) {
    double expected = 0;
    for (int rank = 0; rank < at.size; ++rank) expected += 1.0 / (3 + rank) + 1e-3 * static_cast<double>(i % 17);
    wrong += std::abs(data[i] - expected) > 1e-9 ? 1 : 0;
  }
  EXPECT_EQ(wrong, 0U) << "of " << length << " sums are wrong";
  // The same bits everywhere: the largest and the smallest over all ranks are one number.
  std::vector<double> largest(length), smallest(length);
  MPI_Allreduce(data.data(), largest.data(), static_cast<int>(length), MPI_DOUBLE, MPI_MAX, at.comm);
  MPI_Allreduce(data.data(), smallest.data(), static_cast<int>(length), MPI_DOUBLE, MPI_MIN, at.comm);
  EXPECT_TRUE(largest == smallest) << "ranks hold sums that differ in their last bits";
}

}  // namespace

MPI_TEST(Broadcast, FromEveryRoot) {
  for (int root = 0; root < at.size; ++root) expect_broadcast(root, 10, at);
}

MPI_TEST(Broadcast, OfNothingAndOfMuch) {
  for (const std::size_t length : {0, 1, 512, 100'000}) expect_broadcast(at.size - 1, length, at);
}

MPI_TEST(Broadcast, RefusesARootThatIsNotThere) {
  std::vector<double> data{1};
  EXPECT_THROW(pdc::tree_broadcast(data, at.size, at.comm), std::out_of_range);
  EXPECT_THROW(pdc::tree_broadcast(data, -1, at.comm), std::out_of_range);
}

static void broadcast_from_some(const lockstep::testkit::MpiCase& at) {
  for (const int root : {0, 1, at.size - 1}) expect_broadcast(root, 600, at);
}
TEST(Broadcast, WithMoreRanks) { lockstep::testkit::run_mpi_cases(broadcast_from_some, {7, 13, 16}); }

MPI_TEST(Allreduce, SumsAreTheSameEverywhere) {
  for (const std::size_t length : {0, 1, 10, 1000}) expect_sums(length, at);
}

static void sum_much(const lockstep::testkit::MpiCase& at) { expect_sums(100'000, at); }
TEST(Allreduce, OfMuch) { lockstep::testkit::run_mpi_cases(sum_much, {2, 3, 5}); }

static void sum_some(const lockstep::testkit::MpiCase& at) { expect_sums(700, at); }
TEST(Allreduce, WithMoreRanks) { lockstep::testkit::run_mpi_cases(sum_some, {6, 7, 13, 16}); }
