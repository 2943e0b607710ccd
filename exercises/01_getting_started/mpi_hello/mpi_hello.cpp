#include "mpi_hello.hpp"

namespace pdc {

std::string greeting([[maybe_unused]] MPI_Comm comm) { PDC_TODO(); }

std::vector<std::string> collect_greetings([[maybe_unused]] MPI_Comm comm) { PDC_TODO(); }

Record forward_record([[maybe_unused]] const Record& mine, [[maybe_unused]] MPI_Comm comm) { PDC_TODO(); }

}  // namespace pdc
