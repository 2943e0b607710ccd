#include "corpus.hpp"

static std::vector<int> ones(int size) { return std::vector<int>(static_cast<std::size_t>(size), 1); }
static std::vector<int> counting(int size) {
  std::vector<int> all(static_cast<std::size_t>(size));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

RIGHT(broadcasts_from_each) {
  for (int root = 0; root < size; ++root) {
    int value = rank == root ? root : -1;
    MPI_Bcast(&value, 1, MPI_INT, root, WORLD);
    REQUIRE(value == root);
  }
}
RIGHT(gathers_and_scatters) {
  std::vector<int> all(static_cast<std::size_t>(size));
  MPI_Gather(&rank, 1, MPI_INT, all.data(), 1, MPI_INT, 0, WORLD);
  int value = -1;
  MPI_Scatter(all.data(), 1, MPI_INT, &value, 1, MPI_INT, 0, WORLD);
  REQUIRE(value == rank);
}
RIGHT(gathers_with_nothing_given_off_root) {
  std::vector<int> all(static_cast<std::size_t>(size));
  if (rank == 0)
    MPI_Gather(&rank, 1, MPI_INT, all.data(), 1, MPI_INT, 0, WORLD);
  else
    MPI_Gather(&rank, 1, MPI_INT, nullptr, 0, MPI_DATATYPE_NULL, 0, WORLD);
}
RIGHT(gathers_in_place) {
  std::vector<int> all(static_cast<std::size_t>(size));
  all[0] = 0;
  if (rank == 0)
    MPI_Gather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all.data(), 1, MPI_INT, 0, WORLD);
  else
    MPI_Gather(&rank, 1, MPI_INT, nullptr, 0, MPI_INT, 0, WORLD);
}
RIGHT(gathers_as_much_as_the_rank_says) {
  std::vector<int> mine(static_cast<std::size_t>(rank) + 1, rank), counts(static_cast<std::size_t>(size)), places(static_cast<std::size_t>(size));
  int total = 0;
  for (int i = 0; i < size; ++i) {
    counts[static_cast<std::size_t>(i)] = i + 1;
    places[static_cast<std::size_t>(i)] = total;
    total += i + 1;
  }
  std::vector<int> all(static_cast<std::size_t>(total));
  MPI_Gatherv(mine.data(), rank + 1, MPI_INT, all.data(), counts.data(), places.data(), MPI_INT, size - 1, WORLD);
  MPI_Scatterv(all.data(), counts.data(), places.data(), MPI_INT, mine.data(), rank + 1, MPI_INT, size - 1, WORLD);
  MPI_Allgatherv(mine.data(), rank + 1, MPI_INT, all.data(), counts.data(), places.data(), MPI_INT, WORLD);
  REQUIRE(all.back() == size - 1);
}
RIGHT(scatters_nothing_to_some) {
  std::vector<int> counts(static_cast<std::size_t>(size), 0), places(static_cast<std::size_t>(size), 0);
  counts[0] = 3;
  int source[3] = {1, 2, 3}, mine[3] = {};
  MPI_Scatterv(source, counts.data(), places.data(), MPI_INT, mine, rank == 0 ? 3 : 0, MPI_INT, 0, WORLD);
}
RIGHT(all_to_all_in_every_form) {
  std::vector<int> mine(static_cast<std::size_t>(size), rank), all(static_cast<std::size_t>(size)), bytes(static_cast<std::size_t>(size));
  MPI_Alltoall(mine.data(), 1, MPI_INT, all.data(), 1, MPI_INT, WORLD);
  REQUIRE(all == counting(size));
  MPI_Alltoall(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all.data(), 1, MPI_INT, WORLD);
  MPI_Alltoallv(mine.data(), ones(size).data(), counting(size).data(), MPI_INT, all.data(), ones(size).data(), counting(size).data(), MPI_INT, WORLD);
  for (int i = 0; i < size; ++i) bytes[static_cast<std::size_t>(i)] = 4 * i;
  const std::vector<MPI_Datatype> types(static_cast<std::size_t>(size), MPI_INT);
  MPI_Alltoallw(mine.data(), ones(size).data(), bytes.data(), types.data(), all.data(), ones(size).data(), bytes.data(), types.data(), WORLD);
  REQUIRE(all == counting(size));
}
RIGHT(allgathers_in_place_and_not) {
  std::vector<int> all(static_cast<std::size_t>(size));
  MPI_Allgather(&rank, 1, MPI_INT, all.data(), 1, MPI_INT, WORLD);
  MPI_Allgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all.data(), 1, MPI_INT, WORLD);
  REQUIRE(all == counting(size));
}
RIGHT(reduces_with_every_predefined_operation) {
  for (const MPI_Op op : {MPI_SUM, MPI_PROD, MPI_MAX, MPI_MIN, MPI_LAND, MPI_LOR, MPI_LXOR, MPI_BAND, MPI_BOR, MPI_BXOR}) {
    int value = rank + 1, result = 0;
    MPI_Reduce(&value, &result, 1, MPI_INT, op, size - 1, WORLD);
    MPI_Allreduce(&value, &result, 1, MPI_INT, op, WORLD);
  }
}
RIGHT(reduces_in_place_on_the_root) {
  int value = 1;
  if (rank == 0)
    MPI_Reduce(MPI_IN_PLACE, &value, 1, MPI_INT, MPI_SUM, 0, WORLD);
  else
    MPI_Reduce(&value, nullptr, 1, MPI_INT, MPI_SUM, 0, WORLD);
  REQUIRE(rank != 0 || value == size);
}
RIGHT(finds_the_place_of_the_largest) {
  struct {
    double value;
    int rank;
  } mine{1.0 * rank, rank}, largest{};
  MPI_Allreduce(&mine, &largest, 1, MPI_DOUBLE_INT, MPI_MAXLOC, WORLD);
  REQUIRE(largest.rank == size - 1);
}
static void add_pairs(void* in, void* inout, int* count, MPI_Datatype*) {
  for (int i = 0; i < *count; ++i) static_cast<int*>(inout)[i] += static_cast<int*>(in)[i];
}
RIGHT(reduces_with_an_operation_of_its_own) {
  MPI_Op op;
  MPI_Op_create(add_pairs, 1, &op);
  int value = 2, result = 0;
  MPI_Allreduce(&value, &result, 1, MPI_INT, op, WORLD);
  MPI_Op_free(&op);
  REQUIRE(result == 2 * size);
}
RIGHT(scans) {
  int value = 1, before = 0, with = 0;
  MPI_Scan(&value, &with, 1, MPI_INT, MPI_SUM, WORLD);
  MPI_Exscan(&value, &before, 1, MPI_INT, MPI_SUM, WORLD);
  REQUIRE(with == rank + 1 && (rank == 0 || before == rank));
  with = 1;
  MPI_Scan(MPI_IN_PLACE, &with, 1, MPI_INT, MPI_SUM, WORLD);
}
RIGHT(reduces_and_scatters) {
  std::vector<int> mine(static_cast<std::size_t>(size), 1);
  int result = 0;
  MPI_Reduce_scatter_block(mine.data(), &result, 1, MPI_INT, MPI_SUM, WORLD);
  REQUIRE(result == size);
  MPI_Reduce_scatter(mine.data(), &result, ones(size).data(), MPI_INT, MPI_SUM, WORLD);
  REQUIRE(result == size);
}
RIGHT(nothing_is_broadcast) { MPI_Bcast(nullptr, 0, MPI_INT, 0, WORLD); }
RIGHT(one_barrier_after_the_other) {
  for (int i = 0; i < 30; ++i) MPI_Barrier(WORLD);
}
RIGHT(types_that_differ_only_in_form) {
  MPI_Datatype three;
  MPI_Type_contiguous(3, MPI_INT, &three);
  MPI_Type_commit(&three);
  int data[3] = {1, 2, 3};
  if (rank == 0)
    MPI_Bcast(data, 1, three, 0, WORLD);
  else
    MPI_Bcast(data, 3, MPI_INT, 0, WORLD);
  MPI_Type_free(&three);
}

#define LATER(name, call)                                 \
  RIGHT(name) {                                           \
    std::vector<int> a(static_cast<std::size_t>(size) + 1, 1), b(static_cast<std::size_t>(size) + 1); \
    MPI_Request request;                                  \
    call;                                                 \
    MPI_Wait(&request, IGNORE);                           \
  }
LATER(later_barrier, MPI_Ibarrier(WORLD, &request))
LATER(later_broadcast, MPI_Ibcast(a.data(), 1, MPI_INT, 0, WORLD, &request))
LATER(later_gather, MPI_Igather(a.data(), 1, MPI_INT, b.data(), 1, MPI_INT, 0, WORLD, &request))
LATER(later_scatter, MPI_Iscatter(a.data(), 1, MPI_INT, b.data(), 1, MPI_INT, 0, WORLD, &request))
LATER(later_allgather, MPI_Iallgather(a.data(), 1, MPI_INT, b.data(), 1, MPI_INT, WORLD, &request))
LATER(later_alltoall, MPI_Ialltoall(a.data(), 1, MPI_INT, b.data(), 1, MPI_INT, WORLD, &request))
LATER(later_reduce, MPI_Ireduce(a.data(), b.data(), 1, MPI_INT, MPI_SUM, 0, WORLD, &request))
LATER(later_allreduce, MPI_Iallreduce(a.data(), b.data(), 1, MPI_INT, MPI_SUM, WORLD, &request))
LATER(later_scan, MPI_Iscan(a.data(), b.data(), 1, MPI_INT, MPI_SUM, WORLD, &request))
LATER(later_exscan, MPI_Iexscan(a.data(), b.data(), 1, MPI_INT, MPI_SUM, WORLD, &request))
LATER(later_reduce_scatter_block, MPI_Ireduce_scatter_block(a.data(), b.data(), 1, MPI_INT, MPI_SUM, WORLD, &request))

RIGHT(messages_while_a_barrier_is_under_way) {
  MPI_Request request;
  int got = -1, flag = 0;
  MPI_Ibarrier(WORLD, &request);
  MPI_Sendrecv(&rank, 1, MPI_INT, right_of(rank, size), 0, &got, 1, MPI_INT, left_of(rank, size), 0, WORLD, IGNORE);
  while (!flag) MPI_Test(&request, &flag, IGNORE);
  REQUIRE(got == left_of(rank, size));
}
RIGHT(two_later_collectives_are_waited_for_backwards) {
  int a = 1, b = 0, c = rank == 0 ? 9 : 0;
  MPI_Request requests[2];
  MPI_Iallreduce(&a, &b, 1, MPI_INT, MPI_SUM, WORLD, &requests[0]);
  MPI_Ibcast(&c, 1, MPI_INT, 0, WORLD, &requests[1]);
  MPI_Wait(&requests[1], IGNORE);
  MPI_Wait(&requests[0], IGNORE);
  REQUIRE(b == size && c == 9);
}
RIGHT(a_collective_and_a_receive_in_one_waitall) {
  int got = -1;
  MPI_Request requests[3];
  MPI_Irecv(&got, 1, MPI_INT, left_of(rank, size), 8, WORLD, &requests[0]);
  MPI_Ibarrier(WORLD, &requests[1]);
  MPI_Isend(&rank, 1, MPI_INT, right_of(rank, size), 8, WORLD, &requests[2]);
  MPI_Waitall(3, requests, MPI_STATUSES_IGNORE);
}
