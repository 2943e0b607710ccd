#include "corpus.hpp"

RIGHT(halves_work_apart) {
  MPI_Comm half;
  MPI_Comm_split(WORLD, rank % 2, rank, &half);
  int sum = 0, one = 1;
  MPI_Allreduce(&one, &sum, 1, MPI_INT, MPI_SUM, half);
  REQUIRE(sum == (size + 1 - rank % 2) / 2);
  MPI_Comm_free(&half);
}
RIGHT(some_get_no_communicator) {
  MPI_Comm first;
  MPI_Comm_split(WORLD, rank == 0 ? 0 : MPI_UNDEFINED, 0, &first);
  REQUIRE((first == MPI_COMM_NULL) == (rank != 0));
  if (first != MPI_COMM_NULL) MPI_Comm_free(&first);
}
RIGHT(the_same_tag_on_two_communicators) {
  MPI_Comm copy;
  MPI_Comm_dup(WORLD, &copy);
  int a = 1, b = 2;
  MPI_Request requests[2];
  if (rank == 0 && size > 1) {
    MPI_Isend(&a, 1, MPI_INT, 1, 0, WORLD, &requests[0]);
    MPI_Isend(&b, 1, MPI_INT, 1, 0, copy, &requests[1]);
    MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
  } else if (rank == 1) {
    MPI_Recv(&b, 1, MPI_INT, 0, 0, copy, IGNORE);
    MPI_Recv(&a, 1, MPI_INT, 0, 0, WORLD, IGNORE);
    REQUIRE(a == 1 && b == 2);
  }
  MPI_Comm_free(&copy);
}
RIGHT(reversed_ranks) {
  MPI_Comm back;
  MPI_Comm_split(WORLD, 0, -rank, &back);
  int own = -1, got = -1;
  MPI_Comm_rank(back, &own);
  REQUIRE(own == size - 1 - rank);
  MPI_Sendrecv(&rank, 1, MPI_INT, right_of(own, size), 0, &got, 1, MPI_INT, left_of(own, size), 0, back, IGNORE);
  MPI_Comm_free(&back);
}
RIGHT(a_group_of_the_first_two) {
  MPI_Group all, some;
  MPI_Comm made;
  const int ranks[] = {0, 1};
  MPI_Comm_group(WORLD, &all);
  MPI_Group_incl(all, size > 1 ? 2 : 1, ranks, &some);
  MPI_Comm_create(WORLD, some, &made);
  if (made != MPI_COMM_NULL) {
    MPI_Barrier(made);
    MPI_Comm_free(&made);
  }
  if (rank < 2) {
    MPI_Comm_create_group(WORLD, some, 3, &made);
    MPI_Barrier(made);
    MPI_Comm_free(&made);
  }
  MPI_Group_free(&some);
  MPI_Group_free(&all);
}
RIGHT(two_sides_talk_across) {
  if (size < 2) return;
  MPI_Comm half, across;
  MPI_Comm_split(WORLD, rank % 2, rank, &half);
  MPI_Intercomm_create(half, 0, WORLD, 1 - rank % 2, 12, &across);
  int own = 0, remote = 0, value = rank, got = -1;
  MPI_Comm_rank(across, &own);
  MPI_Comm_remote_size(across, &remote);
  if (own < remote) {
    int local = 0;
    MPI_Comm_size(half, &local);
    MPI_Sendrecv(&value, 1, MPI_INT, own, 0, &got, 1, MPI_INT, own, 0, across, IGNORE);
    REQUIRE(got == (rank % 2 == 0 ? rank + 1 : rank - 1));
  }
  MPI_Barrier(across);
  MPI_Comm merged;
  MPI_Intercomm_merge(across, rank % 2, &merged);
  MPI_Barrier(merged);
  MPI_Comm_free(&merged);
  MPI_Comm_free(&across);
  MPI_Comm_free(&half);
}
RIGHT(a_ring_as_a_cartesian_grid) {
  MPI_Comm ring;
  const int periodic = 1;
  MPI_Cart_create(WORLD, 1, &size, &periodic, 0, &ring);
  int from = 0, to = 0, got = -1;
  MPI_Cart_shift(ring, 0, 1, &from, &to);
  MPI_Sendrecv(&rank, 1, MPI_INT, to, 0, &got, 1, MPI_INT, from, 0, ring, IGNORE);
  std::vector<int> around(2);
  MPI_Neighbor_allgather(&rank, 1, MPI_INT, around.data(), 1, MPI_INT, ring);
  MPI_Comm_free(&ring);
}
RIGHT(a_message_outlives_its_communicator) {
  MPI_Comm copy;
  MPI_Comm_dup(WORLD, &copy);
  int got = -1;
  MPI_Request requests[2];
  MPI_Irecv(&got, 1, MPI_INT, left_of(rank, size), 0, copy, &requests[0]);
  MPI_Isend(&rank, 1, MPI_INT, right_of(rank, size), 0, copy, &requests[1]);
  MPI_Comm_free(&copy);
  MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
  REQUIRE(got == left_of(rank, size));
}
RIGHT(a_column_goes_to_a_row) {
  MPI_Datatype column;
  MPI_Type_vector(4, 1, 5, MPI_DOUBLE, &column);
  MPI_Type_commit(&column);
  double matrix[20], row[4] = {};
  for (int i = 0; i < 20; ++i) matrix[i] = i;
  if (rank == 0 && size > 1) MPI_Send(matrix, 1, column, 1, 0, WORLD);
  if (rank == 1) {
    MPI_Recv(row, 4, MPI_DOUBLE, 0, 0, WORLD, IGNORE);
    REQUIRE(row[3] == 15);
  }
  MPI_Type_free(&column);
}
RIGHT(a_row_goes_to_a_column_without_waiting) {
  MPI_Datatype column;
  MPI_Type_vector(4, 1, 5, MPI_INT, &column);
  MPI_Type_commit(&column);
  int matrix[20] = {}, row[4] = {1, 2, 3, 4};
  MPI_Request request;
  if (rank == 0 && size > 1) MPI_Send(row, 4, MPI_INT, 1, 0, WORLD);
  if (rank == 1) MPI_Irecv(matrix, 1, column, 0, 0, WORLD, &request);
  MPI_Type_free(&column);
  if (rank != 1) return;
  MPI_Wait(&request, IGNORE);
  REQUIRE(matrix[15] == 4 && matrix[1] == 0);
}
struct Particle {
  int id;
  double x, y;
};
RIGHT(structures_with_a_type_of_their_own) {
  MPI_Datatype raw, particle;
  const int lengths[] = {1, 2};
  const MPI_Aint places[] = {offsetof(Particle, id), offsetof(Particle, x)};
  const MPI_Datatype types[] = {MPI_INT, MPI_DOUBLE};
  MPI_Type_create_struct(2, lengths, places, types, &raw);
  MPI_Type_create_resized(raw, 0, sizeof(Particle), &particle);
  MPI_Type_commit(&particle);
  std::vector<Particle> mine(10, {rank, 1, 2}), theirs(10);
  MPI_Sendrecv(mine.data(), 10, particle, right_of(rank, size), 0, theirs.data(), 10, particle, left_of(rank, size), 0, WORLD, IGNORE);
  REQUIRE(theirs[9].id == left_of(rank, size) && theirs[9].y == 2);
  MPI_Type_free(&particle);
  MPI_Type_free(&raw);
}
RIGHT(indexed_and_subarray_types) {
  MPI_Datatype indexed, block;
  const int lengths[] = {1, 2}, places[] = {0, 3}, sizes[] = {4, 4}, parts[] = {2, 2}, starts[] = {1, 1};
  MPI_Type_indexed(2, lengths, places, MPI_INT, &indexed);
  MPI_Type_create_subarray(2, sizes, parts, starts, MPI_ORDER_C, MPI_INT, &block);
  MPI_Type_commit(&indexed);
  MPI_Type_commit(&block);
  int data[16] = {}, got[16] = {};
  if (rank == 0 && size > 1) {
    MPI_Send(data, 1, indexed, 1, 0, WORLD);
    MPI_Send(data, 1, block, 1, 1, WORLD);
  }
  if (rank == 1) {
    MPI_Recv(got, 3, MPI_INT, 0, 0, WORLD, IGNORE);
    MPI_Recv(got, 1, block, 0, 1, WORLD, IGNORE);
  }
  MPI_Type_free(&indexed);
  MPI_Type_free(&block);
}
RIGHT(packs_and_unpacks) {
  char buffer[100];
  int position = 0, number = 7;
  double value = 1.5;
  if (rank == 0 && size > 1) {
    MPI_Pack(&number, 1, MPI_INT, buffer, 100, &position, WORLD);
    MPI_Pack(&value, 1, MPI_DOUBLE, buffer, 100, &position, WORLD);
    MPI_Send(buffer, position, MPI_PACKED, 1, 0, WORLD);
  }
  if (rank == 1) {
    MPI_Recv(buffer, 100, MPI_PACKED, 0, 0, WORLD, IGNORE);
    MPI_Unpack(buffer, 100, &position, &number, 1, MPI_INT, WORLD);
    MPI_Unpack(buffer, 100, &position, &value, 1, MPI_DOUBLE, WORLD);
    REQUIRE(number == 7 && value == 1.5);
  }
}
RIGHT(names_of_one_type) {
  std::int32_t value = 3;
  if (rank == 0 && size > 1) MPI_Send(&value, 1, MPI_INT32_T, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);
}
RIGHT(text_as_characters) {
  char text[16] = "hello";
  if (rank == 0 && size > 1) MPI_Send(text, 6, MPI_CHAR, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(text, 16, MPI_CHAR, 0, 0, WORLD, IGNORE);
}
RIGHT(puts_between_fences) {
  int value = -1;
  MPI_Win window;
  MPI_Win_create(&value, sizeof value, sizeof value, MPI_INFO_NULL, WORLD, &window);
  MPI_Win_fence(0, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);
  MPI_Win_fence(0, window);
  REQUIRE(value == left_of(rank, size));
  MPI_Win_free(&window);
}
RIGHT(gets_under_a_lock) {
  int* mine = nullptr;
  MPI_Win window;
  MPI_Win_allocate(sizeof(int), sizeof(int), MPI_INFO_NULL, WORLD, &mine, &window);
  *mine = rank;
  MPI_Barrier(WORLD);
  int got = -1;
  MPI_Win_lock(MPI_LOCK_SHARED, right_of(rank, size), 0, window);
  MPI_Get(&got, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);
  MPI_Win_unlock(right_of(rank, size), window);
  REQUIRE(got == right_of(rank, size));
  MPI_Win_free(&window);
}
RIGHT(counts_with_accumulate) {
  int sum = 0, one = 1;
  MPI_Win window;
  MPI_Win_create(&sum, sizeof sum, sizeof sum, MPI_INFO_NULL, WORLD, &window);
  MPI_Win_lock_all(0, window);
  MPI_Accumulate(&one, 1, MPI_INT, 0, 0, 1, MPI_INT, MPI_SUM, window);
  MPI_Win_unlock_all(window);
  MPI_Barrier(WORLD);
  MPI_Win_lock(MPI_LOCK_SHARED, rank, 0, window);
  REQUIRE(rank != 0 || sum == size);
  MPI_Win_unlock(rank, window);
  MPI_Win_free(&window);
}
RIGHT(asks_about_the_environment) {
  char name[MPI_MAX_PROCESSOR_NAME];
  int length = 0, flag = 0;
  MPI_Get_processor_name(name, &length);
  MPI_Initialized(&flag);
  REQUIRE(flag && MPI_Wtime() >= 0);
}
RIGHT(wildcard_receives_that_are_cancelled_or_served) {
  int got = -1;
  MPI_Request request;
  MPI_Irecv(&got, 1, MPI_INT, MPI_ANY_SOURCE, 6, WORLD, &request);
  MPI_Send(&rank, 1, MPI_INT, right_of(rank, size), 6, WORLD);
  MPI_Wait(&request, IGNORE);
  REQUIRE(got == left_of(rank, size));
}
