#include "exchange.hpp"

namespace pdc {

std::vector<double> exchange([[maybe_unused]] const std::vector<double>& mine, [[maybe_unused]] int partner, [[maybe_unused]] MPI_Comm comm) {
  PDC_TODO();
}

std::vector<double> ring_shift([[maybe_unused]] const std::vector<double>& block, [[maybe_unused]] int displacement,
                               [[maybe_unused]] MPI_Comm comm) {
  PDC_TODO();
}

}  // namespace pdc
