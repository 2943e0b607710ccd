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

TEST(Merge, OfASingleVector) {
  expect_near(pdc::local_stats({1, 2, 3, 4}), {4, 2.5, 5, 1, 4}, 1e-9, "1 2 3 4");
  expect_near(pdc::local_stats({-7}), {1, -7, 0, -7, -7}, 1e-9, "-7");
  expect_near(pdc::local_stats({}), {0, 0, 0, infinity, -infinity}, 1e-9, "nothing");
}

TEST(Merge, NothingIsNeutral) {
  const pdc::Stats some = pdc::local_stats({2, 4, 9}), none = pdc::local_stats({});
  expect_near(pdc::merge(some, none), some, 1e-12, "with nothing behind");
  expect_near(pdc::merge(none, some), some, 1e-12, "with nothing in front");
  expect_near(pdc::merge(none, none), none, 1e-12, "nothing twice");
}

TEST(Merge, TheGroupingDoesNotMatter) {
  for (const double about : {0.0, 1e9}) {
    const auto a = numbers(0, 5, about), b = numbers(1, 17, about), c = numbers(2, 1, about);
    const auto A = pdc::local_stats(a), B = pdc::local_stats(b), C = pdc::local_stats(c);
    const pdc::Stats whole = serial(joined({a, b, c}));
    expect_near(pdc::merge(pdc::merge(A, B), C), whole, 1e-6, "(a b) c");
    expect_near(pdc::merge(A, pdc::merge(B, C)), whole, 1e-6, "a (b c)");
    expect_near(pdc::merge(C, pdc::merge(B, A)), whole, 1e-6, "c (b a)");
  }
}

MPI_TEST(Global, TheRootGetsTheStatisticsOfAll) {
  for (int root = 0; root < at.size; ++root)
    for (const double about : {0.0, 1e9}) {
      std::vector<std::vector<double>> parts;
      for (int rank = 0; rank < at.size; ++rank) parts.push_back(numbers(rank, 20, about));
      const pdc::Stats got = pdc::global_stats(parts[static_cast<std::size_t>(at.rank)], root, at.comm);
      expect_near(got, at.rank == root ? serial(joined(parts)) : serial({}), 1e-6, "root " + std::to_string(root));
    }
}

MPI_TEST(Global, RefusesARootThatIsNotThere) {
  EXPECT_THROW(pdc::global_stats({1, 2}, at.size, at.comm), std::out_of_range);
  EXPECT_THROW(pdc::sum_vectors({1, 2}, -1, at.comm), std::out_of_range);
}

MPI_TEST(Sum, ElementByElement) {
  for (const int root : {0, at.size - 1})
    for (const std::int64_t length : {0, 1, 1000}) {
      std::vector<std::int64_t> mine, expected;
      for (std::int64_t i = 0; i < length; ++i) {
        mine.push_back(5'000'000'000 * (at.rank + 1) + i);
        expected.push_back(5'000'000'000 * at.size * (at.size + 1) / 2 + at.size * i);
      }
      EXPECT_EQ(pdc::sum_vectors(mine, root, at.comm), at.rank == root ? expected : std::vector<std::int64_t>{}) << length << " elements";
    }
}

MPI_TEST(Sum, RefusesLengthsThatDiffer) {
  if (at.size == 1) return;
  EXPECT_THROW(pdc::sum_vectors(std::vector<std::int64_t>(at.rank == 0 ? 3 : 4), 0, at.comm), std::invalid_argument);
  EXPECT_THROW(pdc::sum_vectors(std::vector<std::int64_t>(at.rank == at.size - 1 ? 5 : 2), 0, at.comm), std::invalid_argument);
}

MPI_TEST(Cost, FewCalls) {
  const auto statistics = lockstep::testkit::cost_of(at, [&] { pdc::global_stats(numbers(at.rank, 10, 0), 0, at.comm); });
  lockstep::testkit::expect_steps("collective calls of global_stats", statistics.collectives, 2);
  const auto sums = lockstep::testkit::cost_of(at, [&] { pdc::sum_vectors({1, 2, 3}, 0, at.comm); });
  lockstep::testkit::expect_steps("collective calls of sum_vectors", sums.collectives, 2);
}

MPI_TEST(Cost, OneCallIsEnough) {
  const auto cost = lockstep::testkit::cost_of(at, [&] { pdc::global_stats(numbers(at.rank, 10, 0), 0, at.comm); });
  lockstep::testkit::expect_steps("collective calls of global_stats", cost.collectives, 1);
}

// If the submission has made an operation, it is asked to merge three elements at once, as a library may do.
MPI_TEST(Operation, MergesAllTheElementsItGets) {
  lockstep::testkit::watch_operations();
  pdc::global_stats(numbers(at.rank, 10, 0), 0, at.comm);
  const auto merges = lockstep::testkit::last_operation();
  if (merges == nullptr) return;
  pdc::Stats in[3], inout[3];
  std::vector<std::vector<double>> before, after;
  for (int i = 0; i < 3; ++i) {
    before.push_back(numbers(i, 4, 1));
    after.push_back(numbers(i + 3, 6, 2));
    in[i] = serial(before.back());
    inout[i] = serial(after.back());
  }
  MPI_Datatype five = MPI_DATATYPE_NULL;
  MPI_Type_contiguous(5, MPI_DOUBLE, &five);
  MPI_Type_commit(&five);
  int length = 3;
  merges(in, inout, &length, &five);
  MPI_Type_free(&five);
  for (std::size_t i = 0; i < 3; ++i) expect_near(inout[i], serial(joined({before[i], after[i]})), 1e-6, "element " + std::to_string(i));
}
