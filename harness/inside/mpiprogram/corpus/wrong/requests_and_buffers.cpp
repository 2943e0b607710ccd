#include "corpus.hpp"

#include <memory>

WRONG(missing_wait, never_waits_for_a_send) {
  static int value = 0;
  MPI_Request request;
  if (rank == 0) MPI_Isend(&value, 1, MPI_INT, 1, 0, WORLD, &request);  // here
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);
}
WRONG(missing_wait, never_waits_for_a_receive) {
  static int value = 0;
  MPI_Request request;
  if (rank == 0) MPI_Send(&rank, 1, MPI_INT, 1, 0, WORLD);
  if (rank == 1) MPI_Irecv(&value, 1, MPI_INT, 0, 0, WORLD, &request);  // here
}
WRONG(missing_wait, waits_for_one_of_two) {
  static int values[2] = {};
  MPI_Request requests[2];
  if (rank == 0)
    for (int i = 0; i < 2; ++i) MPI_Send(&rank, 1, MPI_INT, 1, i, WORLD);
  if (rank != 1) return;
  MPI_Irecv(&values[0], 1, MPI_INT, 0, 0, WORLD, &requests[0]);
  MPI_Irecv(&values[1], 1, MPI_INT, 0, 1, WORLD, &requests[1]);  // here
  MPI_Wait(&requests[0], IGNORE);
}
WRONG(missing_wait, overwrites_a_request) {
  static int values[2] = {};
  MPI_Request request;
  if (rank == 0)
    for (int i = 0; i < 2; ++i) MPI_Send(&rank, 1, MPI_INT, 1, i, WORLD);
  if (rank != 1) return;
  for (int i = 0; i < 2; ++i) MPI_Irecv(&values[i], 1, MPI_INT, 0, i, WORLD, &request);  // here
  MPI_Wait(&request, IGNORE);
}
WRONG(missing_wait, tests_once_and_goes_on) {
  static int value = 0;
  int flag = 0;
  MPI_Request request;
  if (rank == 1) {
    MPI_Irecv(&value, 1, MPI_INT, 0, 0, WORLD, &request);  // here
    MPI_Test(&request, &flag, IGNORE);
  }
  MPI_Barrier(WORLD);
  if (rank == 0) MPI_Send(&rank, 1, MPI_INT, 1, 0, WORLD);
}
WRONG(missing_wait, starts_and_never_waits) {
  static int value = 0;
  MPI_Request request;
  if (rank == 0) MPI_Recv(&value, 1, MPI_INT, 1, 0, WORLD, IGNORE);
  if (rank != 1) return;
  MPI_Send_init(&value, 1, MPI_INT, 0, 0, WORLD, &request);  // here
  MPI_Start(&request);
}
WRONG(missing_wait, never_waits_for_a_barrier) {
  MPI_Request request;
  MPI_Ibarrier(WORLD, &request);  // here
}
WRONG(missing_wait, never_waits_for_a_broadcast) {
  static int value = 0;
  MPI_Request request;
  MPI_Ibcast(&value, 1, MPI_INT, 0, WORLD, &request);  // here
}
WRONG(missing_wait, waits_only_on_the_first_rank) {
  static int a = 1, b = 0;
  MPI_Request request;
  MPI_Iallreduce(&a, &b, 1, MPI_INT, MPI_SUM, WORLD, &request);  // here
  if (rank == 0) MPI_Wait(&request, IGNORE);
}
WRONG(request_used_up, waits_twice_through_a_copy) {
  int value = 0;
  MPI_Request request, copy;
  if (rank == 0) MPI_Send(&rank, 1, MPI_INT, 1, 0, WORLD);
  if (rank != 1) return;
  MPI_Irecv(&value, 1, MPI_INT, 0, 0, WORLD, &request);
  copy = request;
  MPI_Wait(&request, IGNORE);
  MPI_Wait(&copy, IGNORE);  // here
}
WRONG(request_used_up, one_request_twice_in_waitall) {
  int value = 0;
  MPI_Request request, copy;
  if (rank == 0) MPI_Send(&rank, 1, MPI_INT, 1, 0, WORLD);
  if (rank != 1) return;
  MPI_Irecv(&value, 1, MPI_INT, 0, 0, WORLD, &request);
  copy = request;
  MPI_Wait(&request, IGNORE);
  MPI_Request both[2] = {MPI_REQUEST_NULL, copy};
  MPI_Waitall(2, both, MPI_STATUSES_IGNORE);  // here
}
WRONG(request_used_up, frees_what_is_complete) {
  int value = 0;
  MPI_Request request, copy;
  if (rank == 0) MPI_Send(&rank, 1, MPI_INT, 1, 0, WORLD);
  if (rank != 1) return;
  MPI_Irecv(&value, 1, MPI_INT, 0, 0, WORLD, &request);
  copy = request;
  MPI_Wait(&request, IGNORE);
  MPI_Request_free(&copy);  // here
}
WRONG(request_active, starts_again_before_it_is_complete) {
  int value = 0;
  MPI_Request request;
  if (rank != 0) return;
  MPI_Recv_init(&value, 1, MPI_INT, 1, 0, WORLD, &request);
  MPI_Start(&request);
  MPI_Start(&request);  // here
}
WRONG(request_not_persistent, starts_what_has_begun) {
  int value = 0;
  MPI_Request request;
  if (rank != 0) return;
  MPI_Irecv(&value, 1, MPI_INT, 1, 0, WORLD, &request);
  MPI_Start(&request);  // here
}
WRONG(request_null, starts_nothing) {
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Start(&request);  // here
}
WRONG(request_null, frees_nothing) {
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Request_free(&request);  // here
}
WRONG(request_freed_active, frees_a_receive_under_way) {
  static int value = 0;
  MPI_Request request;
  if (rank == 1) {
    MPI_Irecv(&value, 1, MPI_INT, 0, 0, WORLD, &request);
    MPI_Request_free(&request);  // here
  }
  MPI_Barrier(WORLD);
  if (rank == 0) MPI_Send(&rank, 1, MPI_INT, 1, 0, WORLD);
}
WRONG(send_buffer_changed, writes_before_the_wait) {
  int value = 1;
  MPI_Request request;
  if (rank == 0) {
    MPI_Isend(&value, 1, MPI_INT, 1, 0, WORLD, &request);  // here
    value = 2;
    MPI_Wait(&request, IGNORE);
  }
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);
}
WRONG(send_buffer_changed, one_loop_variable_for_all_sends) {
  if (rank == 0) {
    std::vector<MPI_Request> requests(static_cast<std::size_t>(size - 1));
    int value = 0;
    for (int to = 1; to < size; ++to) {
      value = 10 * to;
      MPI_Isend(&value, 1, MPI_INT, to, 0, WORLD, &requests[static_cast<std::size_t>(to - 1)]);  // here
    }
    MPI_Waitall(size - 1, requests.data(), MPI_STATUSES_IGNORE);
  } else {
    int got = 0;
    MPI_Recv(&got, 1, MPI_INT, 0, 0, WORLD, IGNORE);
  }
}
WRONG(send_buffer_changed, changes_the_last_element) {
  std::vector<double> data(1000, 1);
  MPI_Request request;
  if (rank == 0) {
    MPI_Issend(data.data(), 1000, MPI_DOUBLE, 1, 0, WORLD, &request);  // here
    data.back() = 0;
    MPI_Wait(&request, IGNORE);
  }
  if (rank == 1) MPI_Recv(data.data(), 1000, MPI_DOUBLE, 0, 0, WORLD, IGNORE);
}
WRONG(send_buffer_changed, refills_a_persistent_send_too_early) {
  int value = 1;
  MPI_Request request;
  if (rank == 0) {
    MPI_Send_init(&value, 1, MPI_INT, 1, 0, WORLD, &request);  // here
    MPI_Start(&request);
    value = 2;
    MPI_Wait(&request, IGNORE);
    MPI_Request_free(&request);
  }
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);
}
WRONG(buffer_in_use, reads_before_the_wait) {
  std::vector<double> data(100);
  MPI_Request request;
  double sum = 0;
  if (rank == 0) MPI_Send(data.data(), 100, MPI_DOUBLE, 1, 0, WORLD);
  if (rank == 1) {
    MPI_Irecv(data.data(), 100, MPI_DOUBLE, 0, 0, WORLD, &request);
    for (const double value : data) sum += value;  // here
    MPI_Wait(&request, IGNORE);
  }
  REQUIRE(sum == 0);
}
WRONG(buffer_in_use, writes_before_the_wait_for_a_receive) {
  std::vector<int> data(100);
  MPI_Request request;
  if (rank == 0) MPI_Send(data.data(), 100, MPI_INT, 1, 0, WORLD);
  if (rank != 1) return;
  MPI_Irecv(data.data(), 100, MPI_INT, 0, 0, WORLD, &request);
  data[50] = 1;  // here
  MPI_Wait(&request, IGNORE);
}
WRONG(buffer_in_use, uses_the_result_after_a_test_that_failed) {
  std::vector<int> data(10);
  MPI_Request request;
  int flag = 0;
  if (rank == 1) {
    MPI_Irecv(data.data(), 10, MPI_INT, 0, 0, WORLD, &request);
    MPI_Test(&request, &flag, IGNORE);
    std::printf("%d\n", data[4]);  // here
  }
  MPI_Barrier(WORLD);
  if (rank == 0) MPI_Send(data.data(), 10, MPI_INT, 1, 0, WORLD);
  if (rank == 1) MPI_Wait(&request, IGNORE);
}
WRONG(buffer_in_use, passes_on_what_has_not_come) {
  std::vector<int> data(10);
  MPI_Request request;
  if (rank == 0) MPI_Send(data.data(), 10, MPI_INT, 1, 0, WORLD);
  if (rank != 1) return;
  MPI_Irecv(data.data(), 10, MPI_INT, 0, 0, WORLD, &request);
  const std::vector<int> copy = data;  // here
  MPI_Wait(&request, IGNORE);
}
WRONG(overlapping_buffers, receives_where_it_sends_from) {
  std::vector<int> data(10, rank);
  MPI_Request requests[2];
  MPI_Irecv(data.data(), 10, MPI_INT, left_of(rank, size), 0, WORLD, &requests[0]);
  MPI_Isend(data.data(), 10, MPI_INT, right_of(rank, size), 0, WORLD, &requests[1]);  // here
  MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
}
WRONG(overlapping_buffers, two_receives_into_one_variable) {
  int value = 0;
  MPI_Request requests[2];
  if (rank != 0) return;
  MPI_Irecv(&value, 1, MPI_INT, 1, 0, WORLD, &requests[0]);
  MPI_Irecv(&value, 1, MPI_INT, 2, 0, WORLD, &requests[1]);  // here
}
WRONG(overlapping_buffers, parts_that_touch_by_one_element) {
  int data[10] = {};
  MPI_Request requests[2];
  if (rank != 0) return;
  MPI_Irecv(data, 6, MPI_INT, 1, 0, WORLD, &requests[0]);
  MPI_Irecv(data + 5, 5, MPI_INT, 2, 0, WORLD, &requests[1]);  // here
}
WRONG(overlapping_buffers, sendrecv_with_one_buffer) {
  int value = rank;
  MPI_Sendrecv(&value, 1, MPI_INT, right_of(rank, size), 0, &value, 1, MPI_INT, left_of(rank, size), 0, WORLD, IGNORE);  // here
}
WRONG(buffer_gone, sends_from_memory_that_is_freed) {
  std::vector<double> got(1000);
  if (rank == 0) {
    MPI_Request request;
    auto data = std::make_unique<double[]>(1000);
    MPI_Isend(data.get(), 1000, MPI_DOUBLE, 1, 0, WORLD, &request);  // here
    data.reset();
    MPI_Wait(&request, IGNORE);
  }
  if (rank == 1) MPI_Recv(got.data(), 1000, MPI_DOUBLE, 0, 0, WORLD, IGNORE);
}
WRONG(leak_request, never_frees_a_persistent_request) {
  int value = 0;
  MPI_Request request;
  MPI_Send_init(&value, 1, MPI_INT, 0, 0, WORLD, &request);  // here
}
WRONG(leak_request, waits_for_a_persistent_request_and_keeps_it) {
  int value = 0, got = 0;
  MPI_Request requests[2];
  MPI_Send_init(&value, 1, MPI_INT, right_of(rank, size), 0, WORLD, &requests[0]);  // here
  MPI_Recv_init(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, &requests[1]);  // here
  MPI_Startall(2, requests);
  MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
}
