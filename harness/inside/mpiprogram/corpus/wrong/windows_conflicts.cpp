// Accesses to windows that conflict, and buffers that are used before an access is complete.
#include "corpus.hpp"

// Conflicts between ranks.
WRONG(conflicting_accesses, two_ranks_put_to_one_place) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  if (rank != 2) MPI_Put(&rank, 1, MPI_INT, 2, 0, 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(conflicting_accesses, one_puts_what_another_gets) {
  MPI_Win window = window_of_four();
  int two[2] = {1, 1};
  MPI_Win_fence(0, window);
  if (rank == 0) MPI_Put(two, 2, MPI_INT, 2, 0, 2, MPI_INT, window);  // here
  if (rank == 1) MPI_Get(two, 1, MPI_INT, 2, 1, 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(conflicting_accesses, accumulates_with_two_operations) {
  MPI_Win window = window_of_four();
  const int one = 1;
  MPI_Win_fence(0, window);
  if (rank == 0) MPI_Accumulate(&one, 1, MPI_INT, 2, 0, 1, MPI_INT, MPI_SUM, window);  // here
  if (rank == 1) MPI_Accumulate(&one, 1, MPI_INT, 2, 0, 1, MPI_INT, MPI_MAX, window);  // here
  ends(window);
}
WRONG(conflicting_accesses, accumulates_two_types_in_one_place) {
  MPI_Win window = window_of_four();
  const long long one = 1;
  MPI_Win_fence(0, window);
  if (rank == 0) MPI_Accumulate(&one, 2, MPI_INT, 2, 0, 2, MPI_INT, MPI_SUM, window);              // here
  if (rank == 1) MPI_Accumulate(&one, 1, MPI_LONG_LONG, 2, 0, 1, MPI_LONG_LONG, MPI_SUM, window);  // here
  ends(window);
}
WRONG(conflicting_accesses, puts_where_another_accumulates) {
  MPI_Win window = window_of_four();
  const int one = 1;
  MPI_Win_fence(0, window);
  if (rank == 0) MPI_Accumulate(&one, 1, MPI_INT, 2, 0, 1, MPI_INT, MPI_SUM, window);  // here
  if (rank == 1) MPI_Put(&one, 1, MPI_INT, 2, 0, 1, MPI_INT, window);                  // here
  ends(window);
}
WRONG(conflicting_accesses, believes_that_a_barrier_ends_an_epoch) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  if (rank == 0) MPI_Put(&rank, 1, MPI_INT, 2, 0, 1, MPI_INT, window);
  MPI_Barrier(WORLD);
  if (rank == 1) MPI_Put(&rank, 1, MPI_INT, 2, 0, 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(conflicting_accesses, columns_share_one_number) {
  MPI_Win window = window_of_four();
  MPI_Datatype column;
  MPI_Type_vector(2, 1, 3, MPI_INT, &column);
  MPI_Type_commit(&column);
  const int two[2] = {1, 2};
  MPI_Win_fence(0, window);
  if (rank == 0) MPI_Put(two, 2, MPI_INT, 2, 0, 1, column, window);       // here
  if (rank == 1) MPI_Put(two, 2, MPI_INT, 2, 2, 2, MPI_INT, window);      // here
  ends(window);
}
WRONG(conflicting_accesses, two_origins_of_one_exposure) {
  MPI_Win window = window_of_four();
  MPI_Group all;
  MPI_Comm_group(WORLD, &all);
  MPI_Win_post(all, 0, window);
  MPI_Win_start(all, 0, window);
  if (rank != 2) MPI_Put(&rank, 1, MPI_INT, 2, 0, 1, MPI_INT, window);  // here
  MPI_Win_complete(window);
  MPI_Win_wait(window);
  MPI_Group_free(&all);
  MPI_Win_free(&window);
}
WRONG(conflicting_accesses, puts_under_shared_locks) {
  MPI_Win window = window_of_four();
  MPI_Win_lock(MPI_LOCK_SHARED, 2, 0, window);
  if (rank != 2) MPI_Put(&rank, 1, MPI_INT, 2, 0, 1, MPI_INT, window);  // here
  MPI_Win_unlock(2, window);
  MPI_Win_free(&window);
}
WRONG(conflicting_accesses, counts_under_shared_locks) {
  MPI_Win window = window_of_four();
  int value = 0;
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);
  MPI_Get(&value, 1, MPI_INT, 0, 0, 1, MPI_INT, window);  // here
  MPI_Win_flush(0, window);
  ++value;
  MPI_Put(&value, 1, MPI_INT, 0, 0, 1, MPI_INT, window);  // here
  MPI_Win_unlock(0, window);
  MPI_Win_free(&window);
}
WRONG(conflicting_accesses, a_message_comes_before_the_flush) {
  MPI_Win window = window_of_four();
  MPI_Win_lock_all(0, window);
  if (rank == 0) {
    MPI_Put(&rank, 1, MPI_INT, 2, 0, 1, MPI_INT, window);
    MPI_Send(nullptr, 0, MPI_INT, 1, 0, WORLD);
  } else if (rank == 1) {
    MPI_Recv(nullptr, 0, MPI_INT, 0, 0, WORLD, IGNORE);
    MPI_Put(&rank, 1, MPI_INT, 2, 0, 1, MPI_INT, window);  // here
  }
  MPI_Barrier(WORLD);
  MPI_Win_unlock_all(window);
  MPI_Win_free(&window);
}
WRONG(conflicting_accesses, a_local_flush_is_too_little) {
  MPI_Win window = window_of_four();
  int got = 0;
  MPI_Win_lock_all(0, window);
  if (rank == 0) MPI_Put(&rank, 1, MPI_INT, 2, 0, 1, MPI_INT, window);
  MPI_Win_flush_local_all(window);
  MPI_Barrier(WORLD);
  if (rank == 1) MPI_Get(&got, 1, MPI_INT, 2, 0, 1, MPI_INT, window);  // here
  MPI_Win_unlock_all(window);
  MPI_Win_free(&window);
}
WRONG(conflicting_accesses, waits_only_for_the_request_of_its_put) {
  MPI_Win window = window_of_four();
  MPI_Win_lock_all(0, window);
  MPI_Request request;
  if (rank == 0) {
    MPI_Rput(&rank, 1, MPI_INT, 2, 0, 1, MPI_INT, window, &request);
    MPI_Wait(&request, IGNORE);
  }
  MPI_Barrier(WORLD);
  if (rank == 1) MPI_Put(&rank, 1, MPI_INT, 2, 0, 1, MPI_INT, window);  // here
  MPI_Win_unlock_all(window);
  MPI_Win_free(&window);
}

// Conflicts within one rank.
WRONG(conflicting_accesses, puts_twice_to_one_place) {
  MPI_Win window = window_of_four();
  const int two[2] = {1, 2};
  MPI_Win_fence(0, window);
  if (rank == 0) {
    MPI_Put(&two[0], 1, MPI_INT, 2, 0, 1, MPI_INT, window);
    MPI_Put(&two[1], 1, MPI_INT, 2, 0, 1, MPI_INT, window);  // here
  }
  ends(window);
}
WRONG(conflicting_accesses, gets_what_it_has_just_put) {
  MPI_Win window = window_of_four();
  int got = 0;
  MPI_Win_lock(MPI_LOCK_EXCLUSIVE, right_of(rank, size), 0, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);
  MPI_Get(&got, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);  // here
  MPI_Win_unlock(right_of(rank, size), window);
  MPI_Win_free(&window);
}
WRONG(overlapping_buffers, gets_twice_into_one_buffer) {
  MPI_Win window = window_of_four();
  int got = 0;
  MPI_Win_fence(0, window);
  MPI_Get(&got, 1, MPI_INT, 0, 0, 1, MPI_INT, window);
  MPI_Get(&got, 1, MPI_INT, 1, 0, 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(overlapping_buffers, puts_what_it_has_not_got_yet) {
  MPI_Win window = window_of_four();
  int got = 0;
  MPI_Win_fence(0, window);
  MPI_Get(&got, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);
  MPI_Put(&got, 1, MPI_INT, right_of(rank, size), 1, 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(overlapping_buffers, sends_what_it_has_not_got_yet) {
  MPI_Win window = window_of_four();
  int got = 0;
  MPI_Win_lock_all(0, window);
  MPI_Get(&got, 1, MPI_INT, 0, 0, 1, MPI_INT, window);
  if (rank == 0) MPI_Send(&got, 1, MPI_INT, 1, 0, WORLD);  // here
  if (rank == 1) MPI_Recv(&got, 1, MPI_INT, 0, 0, WORLD, IGNORE);  // here
  MPI_Win_unlock_all(window);
  MPI_Win_free(&window);
}
WRONG(overlapping_buffers, fetches_into_its_operand) {
  MPI_Win window = window_of_four();
  int one = 1;
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);
  MPI_Fetch_and_op(&one, &one, MPI_INT, 0, 0, MPI_SUM, window);  // here
  MPI_Win_unlock(0, window);
  MPI_Win_free(&window);
}
WRONG(send_buffer_changed, changes_what_it_puts) {
  MPI_Win window = window_of_four();
  int value = rank;
  MPI_Win_fence(0, window);
  MPI_Put(&value, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);  // here
  value = -1;
  ends(window);
}
WRONG(send_buffer_changed, loops_over_one_variable) {
  MPI_Win window = window_of_four();
  MPI_Win_lock(MPI_LOCK_EXCLUSIVE, right_of(rank, size), 0, window);
  int i = 0;
  for (; i < 4; ++i) MPI_Put(&i, 1, MPI_INT, right_of(rank, size), i, 1, MPI_INT, window);  // here
  MPI_Win_unlock(right_of(rank, size), window);
  MPI_Win_free(&window);
}
WRONG(receive_buffer_touched, writes_to_what_it_gets) {
  MPI_Win window = window_of_four();
  int got = 0;
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);
  MPI_Get(&got, 1, MPI_INT, 0, 0, 1, MPI_INT, window);  // here
  got = 5;
  MPI_Win_unlock(0, window);
  MPI_Win_free(&window);
}
WRONG(buffer_in_use, reads_what_it_has_not_got_yet) {
  MPI_Win window = window_of_four();
  std::vector<int> got(4);
  MPI_Win_fence(0, window);
  MPI_Get(got.data(), 4, MPI_INT, 0, 0, 4, MPI_INT, window);
  REQUIRE(got[2] == 0);  // here
  ends(window);
}
WRONG(missing_wait, never_waits_for_its_put) {
  MPI_Win window = window_of_four();
  MPI_Request request;
  MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, window);
  MPI_Rput(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, window, &request);  // here
  MPI_Win_unlock(0, window);
  MPI_Win_free(&window);
}
