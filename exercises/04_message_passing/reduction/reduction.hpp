// Global statistics with a user-defined operation. This file is fixed.
#pragma once
#include <mpi.h>

#include "pdc/prelude.hpp"

namespace pdc {

struct Stats {
  double count, mean, m2, min, max;  // m2: sum of (x - mean)^2; variance = m2 / count
};

Stats local_stats(const std::vector<double>& v) noexcept;  // empty: count, mean and m2 0, min +inf, max -inf
Stats merge(const Stats& a, const Stats& b) noexcept;      // of both together; neutral element: the stats of {}

Stats global_stats(const std::vector<double>& mine, int root, MPI_Comm comm);                             // at root; elsewhere the stats of {}
std::vector<std::int64_t> sum_vectors(const std::vector<std::int64_t>& mine, int root, MPI_Comm comm);    // equal lengths; {} off root

}  // namespace pdc
