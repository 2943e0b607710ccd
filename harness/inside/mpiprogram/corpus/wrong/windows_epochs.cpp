// Epochs, arguments and deadlocks of one-sided communication.
#include "corpus.hpp"

// Epochs.
WRONG(window, fences_while_it_holds_a_lock) {
  MPI_Win window = window_of_four();
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);
  MPI_Win_fence(0, window);  // here
}
WRONG(window, fences_before_it_completes) {
  MPI_Win window = window_of_four();
  MPI_Win_start(MPI_GROUP_EMPTY, 0, window);
  MPI_Win_fence(0, window);  // here
}
WRONG(window, fences_while_it_exposes) {
  MPI_Win window = window_of_four();
  MPI_Win_post(MPI_GROUP_EMPTY, 0, window);
  MPI_Win_fence(0, window);  // here
}
WRONG(window, starts_twice) {
  MPI_Win window = window_of_four();
  MPI_Win_start(MPI_GROUP_EMPTY, 0, window);
  MPI_Win_start(MPI_GROUP_EMPTY, 0, window);  // here
}
WRONG(window, posts_twice) {
  MPI_Win window = window_of_four();
  MPI_Win_post(MPI_GROUP_EMPTY, 0, window);
  MPI_Win_post(MPI_GROUP_EMPTY, 0, window);  // here
}
WRONG(window, locks_all_twice) {
  MPI_Win window = window_of_four();
  MPI_Win_lock_all(0, window);
  MPI_Win_lock_all(0, window);  // here
}
WRONG(window, locks_one_of_all_that_are_locked) {
  MPI_Win window = window_of_four();
  MPI_Win_lock_all(0, window);
  MPI_Win_lock(MPI_LOCK_SHARED, 1, 0, window);  // here
}
WRONG(window, unlocks_one_of_all) {
  MPI_Win window = window_of_four();
  MPI_Win_lock_all(0, window);
  MPI_Win_unlock(0, window);  // here
}
WRONG(window, unlocks_all_but_has_locked_one) {
  MPI_Win window = window_of_four();
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);
  MPI_Win_unlock_all(window);  // here
}
WRONG(window, completes_what_it_has_not_started) {
  MPI_Win window = window_of_four();
  MPI_Win_complete(window);  // here
}
WRONG(window, waits_without_a_post) {
  MPI_Win window = window_of_four();
  MPI_Win_wait(window);  // here
}
WRONG(window, tests_without_a_post) {
  MPI_Win window = window_of_four();
  int flag = 0;
  MPI_Win_test(window, &flag);  // here
}
WRONG(window, flushes_between_fences) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);
  MPI_Win_flush(right_of(rank, size), window);  // here
}
WRONG(window, flushes_all_without_a_lock) {
  MPI_Win window = window_of_four();
  MPI_Win_flush_all(window);  // here
}
WRONG(window, asks_for_a_request_between_fences) {
  MPI_Win window = window_of_four();
  MPI_Request request;
  MPI_Win_fence(0, window);
  MPI_Rput(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window, &request);  // here
}
WRONG(window, locks_one_and_accesses_another) {
  MPI_Win window = window_of_four();
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);
  MPI_Put(&rank, 1, MPI_INT, 1, rank, 1, MPI_INT, window);  // here
}
WRONG(window, accesses_a_rank_outside_of_its_group) {
  MPI_Win window = window_of_four();
  MPI_Group self = group_of({rank});
  MPI_Win_post(self, 0, window);
  MPI_Win_start(self, 0, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);  // here
}
WRONG(window, promises_that_nothing_follows) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(MPI_MODE_NOSUCCEED, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);  // here
}
WRONG(window, promises_that_nothing_came_before) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);
  MPI_Win_fence(MPI_MODE_NOPRECEDE, window);  // here
}
WRONG(window, forgets_the_last_fence) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);
  MPI_Win_free(&window);  // here
}
WRONG(window, never_unlocks) {
  MPI_Win window = window_of_four();
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);  // here
}
WRONG(window, locks_before_its_fence_epoch_ends) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, window);
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);  // here
}
WRONG(window, exposes_what_is_locked) {
  MPI_Win window = window_of_four();
  if (rank == 0) MPI_Win_lock(MPI_LOCK_SHARED, 1, 0, window);
  MPI_Barrier(WORLD);
  if (rank == 1) MPI_Win_post(MPI_GROUP_EMPTY, 0, window);  // here
  MPI_Barrier(WORLD);
}
WRONG(window, locks_what_is_exposed) {
  MPI_Win window = window_of_four();
  if (rank == 1) MPI_Win_post(MPI_GROUP_EMPTY, 0, window);
  MPI_Barrier(WORLD);
  if (rank == 0) MPI_Win_lock(MPI_LOCK_SHARED, 1, 0, window);  // here
  MPI_Barrier(WORLD);
}
WRONG(window, starts_without_a_check_before_the_post) {
  MPI_Win window = window_of_four();
  MPI_Group self = group_of({rank});
  MPI_Win_start(self, MPI_MODE_NOCHECK, window);  // here
}
WRONG(window, locks_although_it_promised_not_to) {
  static int number = 0;
  MPI_Info info;
  MPI_Win window;
  MPI_Info_create(&info);
  MPI_Info_set(info, "no_locks", "true");
  MPI_Win_create(&number, sizeof number, 1, info, WORLD, &window);
  MPI_Info_free(&info);
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);  // here
}
WRONG(window, uses_a_window_that_was_freed) {
  MPI_Win window = window_of_four(), copy = window;
  MPI_Win_free(&window);
  MPI_Win_fence(0, copy);  // here
}
WRONG(window, detaches_what_is_not_attached) {
  static int number = 0;
  MPI_Win window;
  MPI_Win_create_dynamic(MPI_INFO_NULL, WORLD, &window);
  MPI_Win_detach(window, &number);  // here
}
WRONG(window, attaches_twice) {
  static int number = 0;
  MPI_Win window;
  MPI_Win_create_dynamic(MPI_INFO_NULL, WORLD, &window);
  MPI_Win_attach(window, &number, sizeof number);
  MPI_Win_attach(window, &number, sizeof number);  // here
}

// Arguments.
WRONG(rank, puts_to_a_rank_that_is_none) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  MPI_Put(&rank, 1, MPI_INT, rank + 1, 0, 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(rank, locks_a_rank_that_is_none) {
  MPI_Win window = window_of_four();
  MPI_Win_lock(MPI_LOCK_SHARED, size, 0, window);  // here
}
WRONG(outside_window, puts_behind_the_end) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 4, 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(outside_window, counts_bytes_where_the_unit_is_a_number) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 2 * sizeof(int), 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(outside_window, gets_from_a_rank_that_has_no_memory_there) {
  int number = 0, got = 0;
  MPI_Win window;
  MPI_Win_create(&number, rank == 0 ? sizeof number : 0, sizeof number, MPI_INFO_NULL, WORLD, &window);
  MPI_Win_fence(0, window);
  MPI_Get(&got, 1, MPI_INT, 1, 0, 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(outside_window, puts_where_nothing_is_attached) {
  static int number = 0;
  MPI_Win window;
  MPI_Win_create_dynamic(MPI_INFO_NULL, WORLD, &window);
  MPI_Win_lock(MPI_LOCK_SHARED, rank, 0, window);
  MPI_Aint place = 0;
  MPI_Get_address(&number, &place);
  MPI_Put(&rank, 1, MPI_INT, rank, place, 1, MPI_INT, window);  // here
}
WRONG(type_mismatch, puts_integers_into_floats) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_FLOAT, window);  // here
  ends(window);
}
WRONG(truncation, gets_more_than_it_has_room_for) {
  MPI_Win window = window_of_four();
  int got = 0;
  MPI_Win_fence(0, window);
  MPI_Get(&got, 1, MPI_INT, right_of(rank, size), 0, 2, MPI_INT, window);  // here
  ends(window);
}
WRONG(null_buffer, gets_into_nothing) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  MPI_Get(nullptr, 1, MPI_INT, 0, 0, 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(null_buffer, makes_a_window_of_nothing) {
  MPI_Win window;
  MPI_Win_create(nullptr, 8, 1, MPI_INFO_NULL, WORLD, &window);  // here
}
WRONG(count, puts_a_negative_count) {
  MPI_Win window = window_of_four();
  MPI_Win_fence(0, window);
  MPI_Put(&rank, -1, MPI_INT, 0, 0, 1, MPI_INT, window);  // here
  ends(window);
}
WRONG(datatype, puts_an_uncommitted_type) {
  MPI_Win window = window_of_four();
  MPI_Datatype two;
  MPI_Type_contiguous(2, MPI_INT, &two);
  const int values[2] = {1, 2};
  MPI_Win_fence(0, window);
  MPI_Put(values, 2, MPI_INT, right_of(rank, size), 0, 1, two, window);  // here
  ends(window);
}
static void adds(void*, void*, int*, MPI_Datatype*) {}
WRONG(operation, accumulates_with_an_operation_of_its_own) {
  MPI_Win window = window_of_four();
  MPI_Op op;
  MPI_Op_create(adds, 1, &op);
  MPI_Win_fence(0, window);
  MPI_Accumulate(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, op, window);  // here
  ends(window);
}

// Waits that have no end.
WRONG(deadlock, starts_what_nobody_posts) {
  MPI_Win window = window_of_four();
  MPI_Group target = group_of({1});
  if (rank == 0) MPI_Win_start(target, 0, window);  // here
  MPI_Barrier(WORLD);  // here
}
WRONG(deadlock, all_start_before_they_post) {
  MPI_Win window = window_of_four();
  MPI_Group left = group_of({left_of(rank, size)}), right = group_of({right_of(rank, size)});
  MPI_Win_start(right, 0, window);  // here
  MPI_Win_post(left, 0, window);
  MPI_Win_complete(window);
  MPI_Win_wait(window);
}
WRONG(deadlock, waits_for_one_who_never_completes) {
  MPI_Win window = window_of_four();
  MPI_Group origins = group_of({1});
  if (rank != 0) return;
  MPI_Win_post(origins, 0, window);
  MPI_Win_wait(window);  // here
}
WRONG(deadlock, holds_a_lock_while_it_waits) {
  MPI_Win window = window_of_four();
  if (rank == 0) {
    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 2, 0, window);
    MPI_Send(nullptr, 0, MPI_INT, 1, 0, WORLD);
    MPI_Recv(nullptr, 0, MPI_INT, 1, 1, WORLD, IGNORE);  // here
  } else if (rank == 1) {
    MPI_Recv(nullptr, 0, MPI_INT, 0, 0, WORLD, IGNORE);
    MPI_Win_lock(MPI_LOCK_SHARED, 2, 0, window);  // here
    MPI_Send(nullptr, 0, MPI_INT, 0, 1, WORLD);
  }
}
WRONG(deadlock, locks_crosswise) {
  MPI_Win window = window_of_four();
  if (rank < 2) {
    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, rank, 0, window);
    MPI_Sendrecv(nullptr, 0, MPI_INT, 1 - rank, 0, nullptr, 0, MPI_INT, 1 - rank, 0, WORLD, IGNORE);
    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 1 - rank, 0, window);  // here
  }
}
WRONG(deadlock, one_locks_all_and_another_wants_one_alone) {
  MPI_Win window = window_of_four();
  if (rank == 0) MPI_Win_lock_all(0, window);
  MPI_Barrier(WORLD);
  if (rank == 1) MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 1, 0, window);  // here
  MPI_Barrier(WORLD);  // here
}
WRONG(deadlock, ends_without_unlocking) {
  MPI_Win window = window_of_four();
  if (rank == 0) MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 2, 0, window);
  MPI_Barrier(WORLD);
  if (rank == 1) MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 2, 0, window);  // here
}
WRONG(deadlock, frees_a_window_that_another_still_uses) {
  MPI_Win window = window_of_four();
  if (rank == 0) return;
  MPI_Win_free(&window);  // here
}
