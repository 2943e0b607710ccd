// Windows whose targets take no part (MPI 3.1, 11.5.3): locks, requests, atomic operations, and every way to order two accesses.
#include "corpus.hpp"

RIGHT(counts_under_exclusive_locks) {
  Numbers numbers(1);
  for (int turn = 0; turn < 5; ++turn) {
    int value = 0;
    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, numbers.window);
    MPI_Get(&value, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
    MPI_Win_flush(0, numbers.window);
    ++value;
    MPI_Put(&value, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
    MPI_Win_unlock(0, numbers.window);
  }
  MPI_Barrier(WORLD);
  REQUIRE(rank != 0 || numbers.locked(0, rank) == 5 * size);
}
RIGHT(all_read_one_place_under_shared_locks) {
  Numbers numbers(1, 7);
  MPI_Barrier(WORLD);
  int got = 0;
  MPI_Win_lock(MPI_LOCK_SHARED, 0, MPI_MODE_NOCHECK, numbers.window);
  MPI_Get(&got, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
  MPI_Win_unlock(0, numbers.window);
  REQUIRE(got == 7);
}
RIGHT(a_flush_and_a_barrier_order_put_and_get) {
  Numbers numbers(1);
  int got = -1;
  MPI_Win_lock_all(0, numbers.window);
  MPI_Put(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, numbers.window);
  MPI_Win_flush(right_of(rank, size), numbers.window);
  MPI_Barrier(WORLD);
  MPI_Get(&got, 1, MPI_INT, rank, 0, 1, MPI_INT, numbers.window);
  MPI_Win_flush_local_all(numbers.window);
  REQUIRE(got == left_of(rank, size));
  MPI_Win_unlock_all(numbers.window);
}
RIGHT(an_unlock_and_a_message_order_two_puts) {
  Numbers numbers(1);
  if (rank > 0) MPI_Recv(nullptr, 0, MPI_INT, rank - 1, 0, WORLD, IGNORE);
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, numbers.window);
  MPI_Put(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
  MPI_Win_unlock(0, numbers.window);
  if (rank + 1 < size) MPI_Send(nullptr, 0, MPI_INT, rank + 1, 0, WORLD);
  MPI_Barrier(WORLD);
  REQUIRE(rank != 0 || numbers.locked(0, rank) == size - 1);
}
RIGHT(a_probe_and_a_nonblocking_barrier_order_too) {
  Numbers numbers(2);
  MPI_Win_lock_all(0, numbers.window);
  if (rank == 0) {
    MPI_Put(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
    MPI_Win_flush_all(numbers.window);
  }
  MPI_Request request;
  if (rank == 0 && size > 1) MPI_Isend(nullptr, 0, MPI_INT, size - 1, 0, WORLD, &request);
  if (rank == size - 1 && size > 1) {
    MPI_Probe(0, 0, WORLD, IGNORE);
    MPI_Put(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
    MPI_Win_flush(0, numbers.window);
    MPI_Recv(nullptr, 0, MPI_INT, 0, 0, WORLD, IGNORE);
  }
  if (rank == 0 && size > 1) MPI_Wait(&request, IGNORE);
  MPI_Ibarrier(WORLD, &request);
  MPI_Wait(&request, IGNORE);
  if (rank == size / 2) MPI_Put(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
  MPI_Win_unlock_all(numbers.window);
}
RIGHT(waits_for_requests_of_one_sided_calls) {
  Numbers numbers(3, rank);
  const int to = right_of(rank, size);
  int got = -1, before = -1, ten = 10, one = 1;
  MPI_Request requests[2];
  MPI_Win_lock_all(0, numbers.window);
  MPI_Barrier(WORLD);
  MPI_Rget(&got, 1, MPI_INT, to, 0, 1, MPI_INT, numbers.window, &requests[0]);
  MPI_Rput(&ten, 1, MPI_INT, to, 1, 1, MPI_INT, numbers.window, &requests[1]);
  MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
  REQUIRE(got == to);
  MPI_Raccumulate(&one, 1, MPI_INT, to, 2, 1, MPI_INT, MPI_SUM, numbers.window, &requests[0]);
  MPI_Wait(&requests[0], IGNORE);
  one = 2;
  MPI_Rget_accumulate(&one, 1, MPI_INT, &before, 1, MPI_INT, to, 2, 1, MPI_INT, MPI_SUM, numbers.window, &requests[1]);
  MPI_Status status;
  MPI_Wait(&requests[1], &status);
  REQUIRE(before == to + 1);
  MPI_Win_unlock_all(numbers.window);
  MPI_Barrier(WORLD);
  REQUIRE(numbers.locked(1, rank) == 10 && numbers.locked(2, rank) == rank + 3);
}
RIGHT(waits_for_a_request_after_its_epoch) {
  Numbers numbers(1, -1);
  MPI_Request request;
  MPI_Win_lock(MPI_LOCK_EXCLUSIVE, right_of(rank, size), 0, numbers.window);
  MPI_Rput(&rank, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, numbers.window, &request);
  MPI_Win_unlock(right_of(rank, size), numbers.window);
  MPI_Wait(&request, IGNORE);
}
RIGHT(draws_tickets) {
  Numbers numbers(1);
  const int one = 1;
  int ticket = -1, last = -1;
  MPI_Win_lock_all(0, numbers.window);
  for (int turn = 0; turn < 4; ++turn) {
    MPI_Fetch_and_op(&one, &ticket, MPI_INT, 0, 0, MPI_SUM, numbers.window);
    MPI_Win_flush(0, numbers.window);
    REQUIRE(ticket > last);
    last = ticket;
  }
  MPI_Barrier(WORLD);
  int sum = 0;
  MPI_Get_accumulate(nullptr, 0, MPI_INT, &sum, 1, MPI_INT, 0, 0, 1, MPI_INT, MPI_NO_OP, numbers.window);
  MPI_Win_flush_local(0, numbers.window);
  REQUIRE(sum == 4 * size);
  MPI_Win_unlock_all(numbers.window);
}
RIGHT(spins_for_a_lock_of_its_own) {  // nothing but the compare-and-swap orders the accesses to the number behind it
  Numbers numbers(2);
  const int free = 0, taken = 1;
  int was = 1, value = 0;
  MPI_Win_lock_all(0, numbers.window);
  for (was = 1; was != free;) {
    MPI_Compare_and_swap(&taken, &free, &was, MPI_INT, 0, 0, numbers.window);
    MPI_Win_flush(0, numbers.window);
  }
  MPI_Get(&value, 1, MPI_INT, 0, 1, 1, MPI_INT, numbers.window);
  MPI_Win_flush(0, numbers.window);
  ++value;
  MPI_Put(&value, 1, MPI_INT, 0, 1, 1, MPI_INT, numbers.window);
  MPI_Win_flush(0, numbers.window);
  MPI_Accumulate(&free, 1, MPI_INT, 0, 0, 1, MPI_INT, MPI_REPLACE, numbers.window);
  MPI_Win_flush(0, numbers.window);
  MPI_Barrier(WORLD);
  MPI_Win_unlock_all(numbers.window);
  REQUIRE(rank != 0 || numbers.locked(1, rank) == size);
}
RIGHT(queues_for_a_lock) {  // of Mellor-Crummey and Scott: 0 the tail (rank + 1; 0: none), 1 who is next, 2 blocked, 3 what is guarded
  Numbers numbers(4);
  MPI_Win window = numbers.window;
  const int me = rank + 1, none = 0, one = 1;
  int before = 0, next = 0, value = 0;
  MPI_Win_lock_all(0, window);
  MPI_Accumulate(&one, 1, MPI_INT, rank, 2, 1, MPI_INT, MPI_REPLACE, window);
  MPI_Win_flush(rank, window);
  MPI_Fetch_and_op(&me, &before, MPI_INT, 0, 0, MPI_REPLACE, window);
  MPI_Win_flush(0, window);
  if (before != 0) {
    MPI_Accumulate(&me, 1, MPI_INT, before - 1, 1, 1, MPI_INT, MPI_REPLACE, window);
    MPI_Win_flush(before - 1, window);
    for (int blocked = 1; blocked != 0;) {
      MPI_Fetch_and_op(nullptr, &blocked, MPI_INT, rank, 2, MPI_NO_OP, window);
      MPI_Win_flush(rank, window);
    }
  }
  MPI_Get(&value, 1, MPI_INT, 0, 3, 1, MPI_INT, window);
  MPI_Win_flush(0, window);
  ++value;
  MPI_Put(&value, 1, MPI_INT, 0, 3, 1, MPI_INT, window);
  MPI_Win_flush(0, window);
  int tail = 0;
  MPI_Compare_and_swap(&none, &me, &tail, MPI_INT, 0, 0, window);
  MPI_Win_flush(0, window);
  if (tail != me) {
    while (next == 0) {
      MPI_Fetch_and_op(nullptr, &next, MPI_INT, rank, 1, MPI_NO_OP, window);
      MPI_Win_flush(rank, window);
    }
    MPI_Accumulate(&none, 1, MPI_INT, next - 1, 2, 1, MPI_INT, MPI_REPLACE, window);
    MPI_Win_flush(next - 1, window);
  }
  MPI_Win_unlock_all(window);
  MPI_Barrier(WORLD);
  REQUIRE(rank != 0 || numbers.locked(3, rank) == size);
}
RIGHT(waits_for_a_flag_in_its_own_memory) {  // rank 0 puts data and then a flag; its reader answers into the same place
  Numbers data(1), flag(1);
  MPI_Win_lock_all(0, data.window);
  MPI_Win_lock_all(0, flag.window);
  const int one = 1;
  if (rank == 0 && size > 1) {
    MPI_Put(&one, 1, MPI_INT, size - 1, 0, 1, MPI_INT, data.window);
    MPI_Win_flush(size - 1, data.window);
    MPI_Accumulate(&one, 1, MPI_INT, size - 1, 0, 1, MPI_INT, MPI_REPLACE, flag.window);
    MPI_Win_flush(size - 1, flag.window);
  } else if (rank == size - 1 && size > 1) {
    for (int seen = 0; seen == 0;) {
      MPI_Fetch_and_op(nullptr, &seen, MPI_INT, rank, 0, MPI_NO_OP, flag.window);
      MPI_Win_flush(rank, flag.window);
    }
    MPI_Put(&rank, 1, MPI_INT, rank, 0, 1, MPI_INT, data.window);
  }
  MPI_Win_unlock_all(flag.window);
  MPI_Win_unlock_all(data.window);
}
RIGHT(attaches_memory_later) {
  MPI_Win window;
  MPI_Win_create_dynamic(MPI_INFO_NULL, WORLD, &window);
  std::vector<int> mine(4, -1);
  MPI_Win_attach(window, mine.data(), 4 * sizeof(int));
  MPI_Aint place = 0;
  MPI_Get_address(mine.data(), &place);
  std::vector<MPI_Aint> places(static_cast<std::size_t>(size));
  MPI_Allgather(&place, 1, MPI_AINT, places.data(), 1, MPI_AINT, WORLD);
  const int to = right_of(rank, size);
  MPI_Win_lock(MPI_LOCK_EXCLUSIVE, to, 0, window);
  MPI_Put(&rank, 1, MPI_INT, to, MPI_Aint_add(places[static_cast<std::size_t>(to)], 3 * sizeof(int)), 1, MPI_INT, window);
  MPI_Win_unlock(to, window);
  MPI_Barrier(WORLD);
  MPI_Win_detach(window, mine.data());
  MPI_Win_free(&window);
  REQUIRE(mine[3] == left_of(rank, size));
}
RIGHT(stores_into_shared_memory) {
  int *mine = nullptr, *theirs = nullptr, unit = 0;
  MPI_Aint bytes = 0;
  MPI_Win window;
  MPI_Win_allocate_shared(sizeof(int), sizeof(int), MPI_INFO_NULL, WORLD, &mine, &window);
  MPI_Win_shared_query(window, right_of(rank, size), &bytes, &unit, &theirs);
  REQUIRE(bytes == sizeof(int));
  MPI_Win_lock_all(MPI_MODE_NOCHECK, window);
  *theirs = rank;
  MPI_Win_sync(window);
  MPI_Barrier(WORLD);
  MPI_Win_sync(window);
  REQUIRE(*mine == left_of(rank, size));
  MPI_Win_unlock_all(window);
  MPI_Win_free(&window);
}
RIGHT(a_buffer_is_free_after_a_local_flush) {
  Numbers numbers(3);
  int value = 1;
  MPI_Win_lock(MPI_LOCK_SHARED, right_of(rank, size), 0, numbers.window);
  for (int i = 0; i < 3; ++i) {
    MPI_Put(&value, 1, MPI_INT, right_of(rank, size), i, 1, MPI_INT, numbers.window);
    MPI_Win_flush_local(right_of(rank, size), numbers.window);
    ++value;
  }
  MPI_Win_unlock(right_of(rank, size), numbers.window);
}
RIGHT(locks_several_targets_at_once) {
  Numbers numbers(1);
  for (int target = 0; target < size; ++target) MPI_Win_lock(MPI_LOCK_EXCLUSIVE, target, 0, numbers.window);
  for (int target = 0; target < size; ++target) MPI_Put(&rank, 1, MPI_INT, target, 0, 1, MPI_INT, numbers.window);
  for (int target = size - 1; target >= 0; --target) MPI_Win_unlock(target, numbers.window);
}
