// What the tests run under mpirun: every rank says who it is on the channel, then does what the first argument says.
#include <mpi.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  int rank = 0, ranks = 0, sum = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  char token[16];
  if (read(201, token, sizeof token) != sizeof token) return 90;
  const std::string fact = "rank " + std::to_string(rank) + " of " + std::to_string(ranks) + " sum " + std::to_string(sum) + "\n";
  if (write(200, fact.data(), fact.size()) != static_cast<ssize_t>(fact.size())) return 91;
  MPI_Barrier(MPI_COMM_WORLD);
  const std::string how = argc > 1 ? argv[1] : "";
  if (how == "one_exits" && rank == 1) std::exit(7);
  if (how == "one_hangs" && rank == 1) sleep(3600);
  MPI_Finalize();
  return 0;
}
