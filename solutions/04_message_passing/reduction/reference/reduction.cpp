// Halves are merged exactly (Chan, Golub, LeVeque 1983), so one reduction with an operation of our own is enough.
#include "reduction.hpp"

#include <limits>

namespace pdc {

Stats local_stats(const std::vector<double>& v) noexcept {
  Stats stats{0, 0, 0, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const double x : v) {
    stats.count += 1;
    const double distance = x - stats.mean;
    stats.mean += distance / stats.count;
    stats.m2 += distance * (x - stats.mean);
    stats.min = std::min(stats.min, x);
    stats.max = std::max(stats.max, x);
  }
  return stats;
}

Stats merge(const Stats& a, const Stats& b) noexcept {
  if (a.count == 0) return b;
  if (b.count == 0) return a;
  const double count = a.count + b.count, distance = b.mean - a.mean;
  return {count, a.mean + distance * b.count / count, a.m2 + b.m2 + distance * distance * a.count * b.count / count, std::min(a.min, b.min),
          std::max(a.max, b.max)};
}

namespace {

void merge_all(void* in, void* inout, int* length, MPI_Datatype*) {
  const auto* from = static_cast<const Stats*>(in);
  auto* to = static_cast<Stats*>(inout);
  for (int i = 0; i < *length; ++i) to[i] = merge(from[i], to[i]);
}

void check_root(int root, MPI_Comm comm) {
  int size = 0;
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::out_of_range("there is no rank " + std::to_string(root));
}

bool is_root(int root, MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank == root;
}

}  // namespace

Stats global_stats(const std::vector<double>& mine, int root, MPI_Comm comm) {
  check_root(root, comm);
  MPI_Datatype type = MPI_DATATYPE_NULL;
  MPI_Op op = MPI_OP_NULL;
  MPI_Type_contiguous(5, MPI_DOUBLE, &type);
  MPI_Type_commit(&type);
  MPI_Op_create(merge_all, 1, &op);
  const Stats own = local_stats(mine);
  Stats whole = local_stats({});
  MPI_Reduce(&own, &whole, 1, type, op, root, comm);
  MPI_Op_free(&op);
  MPI_Type_free(&type);
  return whole;
}

std::vector<std::int64_t> sum_vectors(const std::vector<std::int64_t>& mine, int root, MPI_Comm comm) {
  check_root(root, comm);
  const auto length = static_cast<std::int64_t>(mine.size());
  const std::int64_t own[2] = {length, -length};
  std::int64_t largest[2] = {};
  MPI_Allreduce(own, largest, 2, MPI_INT64_T, MPI_MAX, comm);
  if (largest[0] != -largest[1]) throw std::invalid_argument("the vectors have different lengths");
  std::vector<std::int64_t> sums(is_root(root, comm) ? mine.size() : 0);
  MPI_Reduce(mine.data(), sums.data(), static_cast<int>(length), MPI_INT64_T, MPI_SUM, root, comm);
  return sums;
}

}  // namespace pdc
