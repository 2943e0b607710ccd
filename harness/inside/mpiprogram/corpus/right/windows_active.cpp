// Windows whose targets take part: fences, posts and starts (MPI 3.1, 11.5.1 and 11.5.2); types, units and sizes.
#include "corpus.hpp"

RIGHT(gets_between_fences) {
  Numbers numbers(2, rank);
  int got = -1;
  MPI_Win_fence(MPI_MODE_NOPRECEDE, numbers.window);
  MPI_Get(&got, 1, MPI_INT, right_of(rank, size), 1, 1, MPI_INT, numbers.window);
  MPI_Win_fence(MPI_MODE_NOSUCCEED, numbers.window);
  REQUIRE(got == right_of(rank, size));
}
RIGHT(all_write_their_own_part_of_one_window) {
  Numbers numbers(size);
  MPI_Win_fence(0, numbers.window);
  MPI_Put(&rank, 1, MPI_INT, 0, rank, 1, MPI_INT, numbers.window);
  MPI_Win_fence(0, numbers.window);
  for (int i = 0; i < size && rank == 0; ++i) REQUIRE(numbers.mine[static_cast<std::size_t>(i)] == i);
}
RIGHT(columns_lie_between_each_other) {
  constexpr int rows = 5;
  Numbers numbers(rows * size, -1);
  std::vector<int> column(rows, rank);
  MPI_Datatype strided;
  MPI_Type_vector(rows, 1, size, MPI_INT, &strided);
  MPI_Type_commit(&strided);
  MPI_Win_fence(0, numbers.window);
  MPI_Put(column.data(), rows, MPI_INT, size - 1, rank, 1, strided, numbers.window);
  MPI_Type_free(&strided);
  MPI_Win_fence(0, numbers.window);
  for (int i = 0; i < rows * size && rank == size - 1; ++i) REQUIRE(numbers.mine[static_cast<std::size_t>(i)] == i % size);
}
RIGHT(even_and_odd_by_two_kinds_of_types) {
  Numbers numbers(16);
  const int ones[4] = {1, 1, 1, 1}, places[4] = {0, 4, 8, 12};
  MPI_Datatype vector, indexed;
  MPI_Type_vector(4, 1, 4, MPI_INT, &vector);
  MPI_Type_create_indexed_block(4, 1, places, MPI_INT, &indexed);
  MPI_Type_commit(&vector);
  MPI_Type_commit(&indexed);
  MPI_Win_fence(0, numbers.window);
  if (rank == 0) MPI_Put(ones, 4, MPI_INT, 0, 0, 1, vector, numbers.window);
  if (rank == size - 1) MPI_Put(ones, 4, MPI_INT, 0, 1, 1, indexed, numbers.window);
  MPI_Win_fence(0, numbers.window);
  MPI_Type_free(&vector);
  MPI_Type_free(&indexed);
  REQUIRE(rank != 0 || numbers.mine[4] == 1);
}
RIGHT(one_epoch_after_the_other) {
  Numbers numbers(1);
  for (int turn = 0; turn < size; ++turn) {
    MPI_Win_fence(0, numbers.window);
    if (turn == rank) MPI_Put(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
  }
  MPI_Win_fence(0, numbers.window);
  REQUIRE(rank != 0 || numbers.mine[0] == size - 1);
}
RIGHT(accumulates_of_one_operation_meet) {
  Numbers numbers(2);
  const int two[2] = {rank, 1};
  MPI_Win_fence(0, numbers.window);
  MPI_Accumulate(two, 2, MPI_INT, 0, 0, 2, MPI_INT, MPI_SUM, numbers.window);
  MPI_Accumulate(two, 2, MPI_INT, 0, 0, 2, MPI_INT, MPI_SUM, numbers.window);
  MPI_Win_fence(0, numbers.window);
  REQUIRE(rank != 0 || numbers.mine[1] == 2 * size);
}
RIGHT(accumulates_of_one_rank_are_ordered) {
  Numbers numbers(1, 1);
  const int five = 5, three = 3;
  MPI_Win_fence(0, numbers.window);
  MPI_Accumulate(&five, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, MPI_REPLACE, numbers.window);
  MPI_Accumulate(&three, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, MPI_SUM, numbers.window);
  MPI_Win_fence(0, numbers.window);
  REQUIRE(numbers.mine[0] == 8);
}
RIGHT(exposes_to_the_left_and_accesses_the_right) {
  Numbers numbers(1, -1);
  MPI_Group left = group_of({left_of(rank, size)}), right = group_of({right_of(rank, size)});
  for (int turn = 0; turn < 3; ++turn) {
    const int value = rank + turn;
    MPI_Win_post(left, 0, numbers.window);
    MPI_Win_start(right, 0, numbers.window);
    MPI_Put(&value, 1, MPI_INT, right_of(rank, size), 0, 1, MPI_INT, numbers.window);
    MPI_Win_complete(numbers.window);
    MPI_Win_wait(numbers.window);
    REQUIRE(numbers.mine[0] == left_of(rank, size) + turn);
  }
  MPI_Group_free(&left);
  MPI_Group_free(&right);
}
RIGHT(all_start_to_one_and_it_tests_for_the_end) {
  Numbers numbers(size, -1);
  std::vector<int> others;
  for (int i = 1; i < size; ++i) others.push_back(i);
  MPI_Group origins = group_of(others), target = group_of({0});
  if (rank == 0) {
    MPI_Win_post(origins, 0, numbers.window);
    for (int flag = 0; !flag;) MPI_Win_test(numbers.window, &flag);
    for (const int i : others) REQUIRE(numbers.mine[static_cast<std::size_t>(i)] == i);
  } else {
    MPI_Win_start(target, 0, numbers.window);
    MPI_Put(&rank, 1, MPI_INT, 0, rank, 1, MPI_INT, numbers.window);
    MPI_Win_complete(numbers.window);
  }
  MPI_Group_free(&origins);
  MPI_Group_free(&target);
}
RIGHT(an_epoch_with_nobody) {
  Numbers numbers(1);
  MPI_Win_post(MPI_GROUP_EMPTY, 0, numbers.window);
  MPI_Win_start(MPI_GROUP_EMPTY, 0, numbers.window);
  MPI_Win_complete(numbers.window);
  MPI_Win_wait(numbers.window);
}
RIGHT(nobody_is_a_target_too) {
  Numbers numbers(1);
  MPI_Win_fence(0, numbers.window);
  MPI_Put(&rank, 1, MPI_INT, MPI_PROC_NULL, 0, 1, MPI_INT, numbers.window);
  MPI_Put(nullptr, 0, MPI_INT, 0, 0, 0, MPI_INT, numbers.window);
  MPI_Win_fence(0, numbers.window);
}
RIGHT(a_window_of_every_other_rank) {
  MPI_Comm half;
  MPI_Comm_split(WORLD, rank % 2, -rank, &half);
  int place = 0, members = 0;
  MPI_Comm_rank(half, &place);
  MPI_Comm_size(half, &members);
  {
    Numbers numbers(1, -1, half);
    MPI_Comm_free(&half);
    MPI_Win_fence(0, numbers.window);
    MPI_Put(&place, 1, MPI_INT, right_of(place, members), 0, 1, MPI_INT, numbers.window);
    MPI_Win_fence(0, numbers.window);
    REQUIRE(numbers.mine[0] == left_of(place, members));
  }
}
RIGHT(units_and_sizes_differ) {
  std::vector<double> mine(static_cast<std::size_t>(rank) + 1, -1.0);
  MPI_Win window;
  const int unit = rank % 2 == 0 ? static_cast<int>(sizeof(double)) : 1;
  MPI_Win_create(mine.data(), static_cast<MPI_Aint>(mine.size() * sizeof(double)), unit, MPI_INFO_NULL, WORLD, &window);
  const int to = right_of(rank, size);
  const double value = rank;
  MPI_Win_fence(0, window);
  MPI_Put(&value, 1, MPI_DOUBLE, to, to % 2 == 0 ? to : to * static_cast<int>(sizeof(double)), 1, MPI_DOUBLE, window);
  MPI_Win_fence(0, window);
  REQUIRE(mine.back() == left_of(rank, size));
  MPI_Win_free(&window);
}
RIGHT(gets_a_column_into_a_row) {
  Numbers numbers(12, rank);
  MPI_Datatype column;
  MPI_Type_vector(3, 1, 4, MPI_INT, &column);
  MPI_Type_commit(&column);
  std::vector<int> into(12, -1);
  MPI_Win_fence(0, numbers.window);
  MPI_Get(&into[1], 1, column, right_of(rank, size), 0, 3, MPI_INT, numbers.window);
  MPI_Win_fence(0, numbers.window);
  REQUIRE(into[1] == right_of(rank, size) && into[9] == into[1] && into[2] == -1);
  MPI_Type_free(&column);
}
RIGHT(fences_locks_and_groups_take_turns) {
  Numbers numbers(1);
  MPI_Win_fence(0, numbers.window);
  MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, numbers.window);
  MPI_Put(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
  MPI_Win_unlock(0, numbers.window);
  MPI_Win_fence(0, numbers.window);
  if (rank == 0) MPI_Put(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
  MPI_Win_fence(MPI_MODE_NOSUCCEED, numbers.window);
  MPI_Group all;
  MPI_Win_get_group(numbers.window, &all);
  MPI_Win_post(all, 0, numbers.window);
  MPI_Win_start(all, 0, numbers.window);
  if (rank == size - 1) MPI_Put(&rank, 1, MPI_INT, 0, 0, 1, MPI_INT, numbers.window);
  MPI_Win_complete(numbers.window);
  MPI_Win_wait(numbers.window);
  MPI_Group_free(&all);
}
RIGHT(many_small_puts_in_one_epoch) {
  Numbers numbers(2000);
  std::vector<int> values(2000, rank);
  MPI_Win_fence(0, numbers.window);
  for (int i = 0; i < 2000; ++i) MPI_Put(&values[static_cast<std::size_t>(i)], 1, MPI_INT, right_of(rank, size), i, 1, MPI_INT, numbers.window);
  MPI_Win_fence(0, numbers.window);
  REQUIRE(numbers.mine[1999] == left_of(rank, size));
}
