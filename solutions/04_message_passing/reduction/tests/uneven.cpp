#include "harness/inside/testkit/mpi.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "reduction.hpp"

#include <cmath>
#include <limits>

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// In long double and in two passes, independently of the submission.
pdc::Stats serial(const std::vector<double>& v) {
  long double sum = 0, m2 = 0;
  pdc::Stats stats{static_cast<double>(v.size()), 0, 0, infinity, -infinity};
  for (const double x : v) sum += x;
  const long double mean = v.empty() ? 0 : sum / static_cast<long double>(v.size());
  for (const double x : v) {
    m2 += (x - mean) * (x - mean);
    stats.min = std::min(stats.min, x);
    stats.max = std::max(stats.max, x);
  }
  stats.mean = static_cast<double>(mean);
  stats.m2 = static_cast<double>(m2);
  return stats;
}

void expect_near(const pdc::Stats& got, const pdc::Stats& expected, double relative, const std::string& what) {
  EXPECT_EQ(got.count, expected.count) << what;
  EXPECT_NEAR(got.mean, expected.mean, 1e-9 * std::max(1.0, std::abs(expected.mean))) << what << ": mean";
  EXPECT_NEAR(got.m2, expected.m2, relative * std::max(1e-6, expected.m2)) << what << ": m2";
  EXPECT_EQ(got.min, expected.min) << what << ": min";
  EXPECT_EQ(got.max, expected.max) << what << ": max";
}

// Numbers that differ from rank to rank and are not symmetric about anything.
std::vector<double> numbers(int rank, int count, double about) {
  std::vector<double> v;
  for (int i = 0; i < count; ++i) v.push_back(about + 0.25 * (rank + 1) * i + (i % 3) * 0.5);
  return v;
}

std::vector<double> joined(const std::vector<std::vector<double>>& parts) {
  std::vector<double> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace

static void expect_global(const std::vector<std::vector<double>>& parts, int root, const lockstep::testkit::MpiCase& at) {
  const pdc::Stats got = pdc::global_stats(parts[static_cast<std::size_t>(at.rank)], root, at.comm);
  expect_near(got, at.rank == root ? serial(joined(parts)) : serial({}), 1e-6, "root " + std::to_string(root));
}

MPI_TEST(Uneven, RanksHaveDifferentNumbersOfNumbers) {
  std::vector<std::vector<double>> parts;
  for (int rank = 0; rank < at.size; ++rank) parts.push_back(numbers(rank, 1 + 7 * rank * rank, 10.0 * rank));
  for (int root = 0; root < at.size; ++root) expect_global(parts, root, at);
}

MPI_TEST(Uneven, SomeHaveNothing) {
  std::vector<std::vector<double>> parts;
  for (int rank = 0; rank < at.size; ++rank) parts.push_back(rank % 2 == 0 ? std::vector<double>{} : numbers(rank, 4, 50));
  expect_global(parts, 0, at);
}

MPI_TEST(Uneven, OnlyTheLastHasAnything) {
  std::vector<std::vector<double>> parts(static_cast<std::size_t>(at.size));
  parts.back() = {5, 6};
  expect_global(parts, 0, at);
}

MPI_TEST(Uneven, NobodyHasAnything) { expect_global(std::vector<std::vector<double>>(static_cast<std::size_t>(at.size)), at.size - 1, at); }

MPI_TEST(Uneven, CloseTogetherAndFarFromZero) {
  std::vector<std::vector<double>> parts;
  for (int rank = 0; rank < at.size; ++rank) {
    parts.emplace_back();
    for (int i = 0; i < 100 + rank; ++i) parts.back().push_back(1e9 + 1e-3 * ((i * 37 + rank * 11) % 101));
  }
  expect_global(parts, 0, at);
}
