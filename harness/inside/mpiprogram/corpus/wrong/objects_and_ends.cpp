#include "corpus.hpp"

#include <thread>

WRONG(leak_communicator, never_frees_a_copy) {
  MPI_Comm copy;
  MPI_Comm_dup(WORLD, &copy);  // here
}
WRONG(leak_communicator, never_frees_a_half) {
  MPI_Comm half;
  MPI_Comm_split(WORLD, rank % 2, 0, &half);  // here
}
WRONG(leak_communicator, one_rank_frees_and_the_others_do_not) {
  MPI_Comm copy;
  MPI_Comm_dup(WORLD, &copy);  // here
  if (rank == 0) MPI_Comm_free(&copy);
}
WRONG(leak_communicator, never_frees_a_grid) {
  MPI_Comm grid;
  const int periodic = 0;
  MPI_Cart_create(WORLD, 1, &size, &periodic, 0, &grid);  // here
}
WRONG(leak_datatype, never_frees_a_type) {
  MPI_Datatype two;
  MPI_Type_contiguous(2, MPI_INT, &two);  // here
  MPI_Type_commit(&two);
}
WRONG(leak_datatype, frees_only_the_resized_type) {
  MPI_Datatype vector, resized;
  MPI_Type_vector(2, 1, 2, MPI_INT, &vector);  // here
  MPI_Type_create_resized(vector, 0, 4, &resized);
  MPI_Type_free(&resized);
}
static void nothing(void*, void*, int*, MPI_Datatype*) {}
WRONG(leak_operation, never_frees_an_operation) {
  MPI_Op op;
  MPI_Op_create(nothing, 1, &op);  // here
}
WRONG(leak_group, never_frees_a_group) {
  MPI_Group group;
  MPI_Comm_group(WORLD, &group);  // here
}
WRONG(leak_window, never_frees_a_window) {
  static int value = 0;
  MPI_Win window;
  MPI_Win_create(&value, sizeof value, sizeof value, MPI_INFO_NULL, WORLD, &window);  // here
}
WRONG(window, puts_without_an_epoch) {
  int value = 0;
  MPI_Win window;
  MPI_Win_create(&value, sizeof value, sizeof value, MPI_INFO_NULL, WORLD, &window);
  MPI_Put(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, window);  // here
  MPI_Win_free(&window);
}
WRONG(window, unlocks_what_is_not_locked) {
  int value = 0;
  MPI_Win window;
  MPI_Win_create(&value, sizeof value, sizeof value, MPI_INFO_NULL, WORLD, &window);
  MPI_Win_unlock(0, window);  // here
}
WRONG(window, locks_twice) {
  int value = 0;
  MPI_Win window;
  MPI_Win_create(&value, sizeof value, sizeof value, MPI_INFO_NULL, WORLD, &window);
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);  // here
}
WRONG(window, frees_a_window_that_is_locked) {
  int value = 0;
  MPI_Win window;
  MPI_Win_create(&value, sizeof value, sizeof value, MPI_INFO_NULL, WORLD, &window);
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);
  MPI_Win_free(&window);  // here
}
WRONG(window, gets_outside_of_its_lock) {
  int value = 0, got = 0;
  MPI_Win window;
  MPI_Win_create(&value, sizeof value, sizeof value, MPI_INFO_NULL, WORLD, &window);
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window);
  MPI_Win_unlock(0, window);
  MPI_Get(&got, 1, MPI_INT, 0, 0, 1, MPI_INT, window);  // here
}
WRONG(deadlock, one_rank_misses_a_fence) {
  int value = 0;
  MPI_Win window;
  MPI_Win_create(&value, sizeof value, sizeof value, MPI_INFO_NULL, WORLD, &window);
  if (rank != 0) MPI_Win_fence(0, window);  // here
}
WRONG(double_init, starts_mpi_again) {
  MPI_Init(nullptr, nullptr);  // here
}
WRONG(missing_finalize, leaves_by_exit) {
  MPI_Barrier(WORLD);  // here
  std::exit(0);
}
WRONG(after_finalize, goes_on_after_the_end) {
  int value = 0;
  MPI_Finalize();
  MPI_Comm_rank(WORLD, &value);  // here
}
WRONG(after_finalize, ends_mpi_twice) {
  MPI_Finalize();
  MPI_Finalize();  // here
}
WRONG(before_init, no_init_asks_for_its_rank) {
  MPI_Comm_rank(WORLD, &rank);  // here
}
WRONG(missing_init, no_init_does_nothing) { std::puts("hello"); }
WRONG(abort, gives_up) {
  if (rank == 1) MPI_Abort(WORLD, 3);  // here
  MPI_Barrier(WORLD);
}
WRONG(thread_level, calls_from_another_thread) {
  std::thread other([] { MPI_Barrier(WORLD); });  // here
  other.join();
}
WRONG(signal, divides_by_zero_and_dies) {
  volatile int zero = 0;
  if (rank == 1) std::abort();  // here
  static_cast<void>(zero);
  MPI_Barrier(WORLD);
}
