#include "corpus.hpp"

WRONG(deadlock, only_the_root_broadcasts) {
  int value = 0;
  if (rank == 0) MPI_Bcast(&value, 1, MPI_INT, 0, WORLD);  // here
}
WRONG(deadlock, one_rank_forgets_the_barrier) {
  if (rank != 1) MPI_Barrier(WORLD);  // here
}
WRONG(deadlock, one_rank_reduces_once_less) {
  int value = 1, sum = 0;
  for (int i = 0; i < 3; ++i)
    if (rank != 2 || i < 2) MPI_Allreduce(&value, &sum, 1, MPI_INT, MPI_SUM, WORLD);  // here
}
WRONG(deadlock, others_receive_what_the_root_broadcasts) {
  int value = 0;
  if (rank == 0)
    MPI_Bcast(&value, 1, MPI_INT, 0, WORLD);  // here
  else
    MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);  // here
}
WRONG(deadlock, one_rank_does_not_split) {
  MPI_Comm made = MPI_COMM_NULL;
  if (rank != 1) MPI_Comm_split(WORLD, 0, 0, &made);  // here
}
WRONG(deadlock, waits_for_a_barrier_that_not_all_begin) {
  MPI_Request request;
  if (rank == 0) return;
  MPI_Ibarrier(WORLD, &request);
  MPI_Wait(&request, IGNORE);  // here
}
WRONG(deadlock, two_communicators_in_another_order) {
  MPI_Comm copy;
  MPI_Comm_dup(WORLD, &copy);
  MPI_Barrier(rank == 0 ? WORLD : copy);  // here
  MPI_Barrier(rank == 0 ? copy : WORLD);
  MPI_Comm_free(&copy);
}
WRONG(deadlock, returns_early_on_an_empty_part) {
  int value = rank, sum = 0;
  if (rank == 1) return;
  MPI_Reduce(&value, &sum, 1, MPI_INT, MPI_SUM, 0, WORLD);  // here
}
WRONG(collective_mismatch, one_broadcasts_and_the_others_reduce) {
  int value = 0, sum = 0;
  if (rank == 0)
    MPI_Bcast(&value, 1, MPI_INT, 0, WORLD);  // here
  else
    MPI_Reduce(&value, &sum, 1, MPI_INT, MPI_SUM, 0, WORLD);  // here
}
WRONG(collective_mismatch, barrier_against_allreduce) {
  int value = 0, sum = 0;
  if (rank == 0)
    MPI_Barrier(WORLD);  // here
  else
    MPI_Allreduce(&value, &sum, 1, MPI_INT, MPI_SUM, WORLD);  // here
}
WRONG(collective_mismatch, in_another_order) {
  int value = 0, sum = 0;
  if (rank == 0) MPI_Bcast(&value, 1, MPI_INT, 0, WORLD);  // here
  MPI_Allreduce(&value, &sum, 1, MPI_INT, MPI_SUM, WORLD);  // here
  if (rank != 0) MPI_Bcast(&value, 1, MPI_INT, 0, WORLD);
}
WRONG(collective_mismatch, everybody_is_the_root) {
  int value = 0;
  MPI_Bcast(&value, 1, MPI_INT, rank, WORLD);  // here
}
WRONG(collective_mismatch, another_root_to_reduce) {
  int value = 0, sum = 0;
  MPI_Reduce(&value, &sum, 1, MPI_INT, MPI_SUM, rank == 0 ? 0 : 1, WORLD);  // here
}
WRONG(collective_mismatch, another_root_to_gather) {
  std::vector<int> all(64);
  MPI_Gather(&rank, 1, MPI_INT, all.data(), 1, MPI_INT, rank % 2, WORLD);  // here
}
WRONG(collective_mismatch, another_operation) {
  int value = 0, sum = 0;
  MPI_Allreduce(&value, &sum, 1, MPI_INT, rank == 0 ? MPI_SUM : MPI_MAX, WORLD);  // here
}
WRONG(collective_mismatch, another_count) {
  std::vector<int> data(8);
  MPI_Bcast(data.data(), rank == 0 ? 8 : 4, MPI_INT, 0, WORLD);  // here
}
WRONG(collective_mismatch, another_type) {
  double data[4] = {};
  MPI_Bcast(data, 4, rank == 0 ? MPI_DOUBLE : MPI_FLOAT, 0, WORLD);  // here
}
WRONG(collective_mismatch, another_count_to_reduce) {
  std::vector<int> data(8), sums(8);
  MPI_Allreduce(data.data(), sums.data(), 8 - rank, MPI_INT, MPI_SUM, WORLD);  // here
}
WRONG(collective_mismatch, blocking_against_nonblocking) {
  MPI_Request request = MPI_REQUEST_NULL;
  if (rank == 0)
    MPI_Barrier(WORLD);  // here
  else
    MPI_Ibarrier(WORLD, &request);  // here
  MPI_Wait(&request, IGNORE);
}
WRONG(collective_mismatch, scan_against_exscan) {
  int value = 1, sum = 0;
  if (rank == 0)
    MPI_Scan(&value, &sum, 1, MPI_INT, MPI_SUM, WORLD);  // here
  else
    MPI_Exscan(&value, &sum, 1, MPI_INT, MPI_SUM, WORLD);  // here
}
WRONG(collective_amounts, gathers_less_than_is_sent) {
  int mine[2] = {};
  std::vector<int> all(64);
  MPI_Gather(mine, 2, MPI_INT, all.data(), 1, MPI_INT, 0, WORLD);  // here
}
WRONG(collective_amounts, receives_all_of_what_is_scattered) {
  std::vector<int> all(static_cast<std::size_t>(size)), mine(static_cast<std::size_t>(size));
  MPI_Scatter(all.data(), 1, MPI_INT, mine.data(), size, MPI_INT, 0, WORLD);  // here
}
WRONG(collective_amounts, counts_of_a_gather_that_are_not_sent) {
  std::vector<int> all(64), counts(static_cast<std::size_t>(size), 1), places(static_cast<std::size_t>(size), 0);
  int mine[2] = {};
  MPI_Gatherv(mine, rank == 1 ? 2 : 1, MPI_INT, all.data(), counts.data(), places.data(), MPI_INT, 0, WORLD);  // here
}
WRONG(collective_amounts, counts_of_a_scatter_that_are_not_expected) {
  std::vector<int> all(64), counts(static_cast<std::size_t>(size), 2), places(static_cast<std::size_t>(size), 0), mine(8);
  MPI_Scatterv(all.data(), counts.data(), places.data(), MPI_INT, mine.data(), rank == 2 ? 3 : 2, MPI_INT, 0, WORLD);  // here
}
WRONG(collective_amounts, sends_floats_and_gathers_doubles) {
  double all[64] = {};
  float mine = 0;
  MPI_Gather(&mine, 1, MPI_FLOAT, all, 1, MPI_DOUBLE, 0, WORLD);  // here
}
WRONG(collective_amounts, all_to_all_with_another_count) {
  std::vector<int> a(256), b(256);
  MPI_Alltoall(a.data(), rank == 0 ? 2 : 1, MPI_INT, b.data(), rank == 0 ? 2 : 1, MPI_INT, WORLD);  // here
}
WRONG(collective_amounts, allgathers_different_lengths) {
  std::vector<int> a(64), b(512);
  MPI_Allgather(a.data(), 1 + rank, MPI_INT, b.data(), 1 + rank, MPI_INT, WORLD);  // here
}
WRONG(root, a_root_that_is_not_there) {
  int value = 0;
  MPI_Bcast(&value, 1, MPI_INT, size, WORLD);  // here
}
WRONG(root, a_negative_root) {
  int value = 0, sum = 0;
  MPI_Reduce(&value, &sum, 1, MPI_INT, MPI_SUM, -4, WORLD);  // here
}
WRONG(operation, reduces_with_nothing) {
  int value = 0, sum = 0;
  MPI_Allreduce(&value, &sum, 1, MPI_INT, MPI_OP_NULL, WORLD);  // here
}
WRONG(overlapping_buffers, reduces_into_its_own_input) {
  int value = rank;
  MPI_Allreduce(&value, &value, 1, MPI_INT, MPI_SUM, WORLD);  // here
}
WRONG(overlapping_buffers, gathers_into_what_it_sends) {
  std::vector<int> all(64);
  MPI_Allgather(all.data(), 1, MPI_INT, all.data(), 1, MPI_INT, WORLD);  // here
}
WRONG(in_place, broadcasts_in_place) {
  MPI_Bcast(MPI_IN_PLACE, 1, MPI_INT, 0, WORLD);  // here
}
WRONG(in_place, reduces_in_place_off_the_root) {
  int value = 0;
  MPI_Reduce(MPI_IN_PLACE, &value, 1, MPI_INT, MPI_SUM, 0, WORLD);  // here
}
WRONG(count, broadcasts_less_than_nothing) {
  int value = 0;
  MPI_Bcast(&value, -1, MPI_INT, 0, WORLD);  // here
}
WRONG(null_buffer, reduces_from_nowhere) {
  int sum = 0;
  MPI_Allreduce(nullptr, &sum, 1, MPI_INT, MPI_SUM, WORLD);  // here
}
