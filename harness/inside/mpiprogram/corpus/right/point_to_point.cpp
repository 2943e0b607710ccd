#include "corpus.hpp"

RIGHT(first_sends_second_receives) {
  int value = 42;
  if (rank == 0 && size > 1) MPI_Send(&value, 1, MPI_INT, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);
  REQUIRE(value == 42);
}

RIGHT(ring_by_sendrecv) {
  int got = -1;
  MPI_Sendrecv(&rank, 1, MPI_INT, right_of(rank, size), 0, &got, 1, MPI_INT, left_of(rank, size), 0, WORLD, IGNORE);
  REQUIRE(got == left_of(rank, size));
}

RIGHT(ring_by_sendrecv_replace) {
  std::vector<double> data(5000, rank);
  MPI_Sendrecv_replace(data.data(), 5000, MPI_DOUBLE, right_of(rank, size), 0, left_of(rank, size), 0, WORLD, IGNORE);
  REQUIRE(data[4999] == left_of(rank, size));
}

RIGHT(ring_by_nonblocking_calls) {
  int got = -1;
  MPI_Request requests[2];
  MPI_Irecv(&got, 1, MPI_INT, left_of(rank, size), 5, WORLD, &requests[0]);
  MPI_Isend(&rank, 1, MPI_INT, right_of(rank, size), 5, WORLD, &requests[1]);
  MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
  REQUIRE(got == left_of(rank, size));
}

RIGHT(ring_with_the_first_rank_receiving_last) {
  if (size == 1) return;
  int got = -1;
  if (rank == 0) MPI_Send(&rank, 1, MPI_INT, 1, 0, WORLD);
  MPI_Recv(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, IGNORE);
  if (rank != 0) MPI_Send(&rank, 1, MPI_INT, right_of(rank, size), 0, WORLD);
}

RIGHT(probes_for_the_length) {
  if (rank == 0 && size > 1) {
    std::vector<int> data(37, 1);
    MPI_Send(data.data(), 37, MPI_INT, 1, 3, WORLD);
  } else if (rank == 1) {
    MPI_Status status;
    int count = 0;
    MPI_Probe(0, MPI_ANY_TAG, WORLD, &status);
    MPI_Get_count(&status, MPI_INT, &count);
    REQUIRE(count == 37 && status.MPI_TAG == 3 && status.MPI_SOURCE == 0);
    std::vector<int> data(37);
    MPI_Recv(data.data(), count, MPI_INT, 0, 3, WORLD, &status);
  }
}

RIGHT(matched_probe_and_receive) {
  if (rank == 0 && size > 1) {
    double value = 2.5;
    MPI_Send(&value, 1, MPI_DOUBLE, 1, 3, WORLD);
  } else if (rank == 1) {
    MPI_Message message;
    MPI_Status status;
    double value = 0;
    MPI_Mprobe(MPI_ANY_SOURCE, 3, WORLD, &message, &status);
    MPI_Mrecv(&value, 1, MPI_DOUBLE, &message, &status);
    REQUIRE(value == 2.5 && status.MPI_SOURCE == 0);
  }
}

RIGHT(looks_with_iprobe_until_it_is_there) {
  if (rank == 0 && size > 1) MPI_Send(&rank, 1, MPI_INT, 1, 0, WORLD);
  if (rank != 1) return;
  int flag = 0, value = -1;
  MPI_Status status;
  while (!flag) MPI_Iprobe(MPI_ANY_SOURCE, 0, WORLD, &flag, &status);
  MPI_Recv(&value, 1, MPI_INT, status.MPI_SOURCE, 0, WORLD, IGNORE);
  REQUIRE(value == 0);
}

RIGHT(improbe_and_imrecv) {
  if (rank == 0 && size > 1) MPI_Ssend(&rank, 1, MPI_INT, 1, 0, WORLD);
  if (rank != 1) return;
  int flag = 0, value = -1;
  MPI_Message message;
  while (!flag) MPI_Improbe(0, 0, WORLD, &flag, &message, IGNORE);
  MPI_Request request;
  MPI_Imrecv(&value, 1, MPI_INT, &message, &request);
  MPI_Wait(&request, IGNORE);
  REQUIRE(value == 0);
}

RIGHT(nobody_is_a_partner) {
  int value = 7;
  MPI_Status status;
  MPI_Send(&value, 1, MPI_INT, MPI_PROC_NULL, 0, WORLD);
  MPI_Recv(&value, 1, MPI_INT, MPI_PROC_NULL, 0, WORLD, &status);
  MPI_Probe(MPI_PROC_NULL, 0, WORLD, &status);
  int count = -1;
  MPI_Get_count(&status, MPI_INT, &count);
  REQUIRE(count == 0 && status.MPI_SOURCE == MPI_PROC_NULL && value == 7);
}

RIGHT(line_with_open_ends) {
  const int up = rank + 1 < size ? rank + 1 : MPI_PROC_NULL, down = rank > 0 ? rank - 1 : MPI_PROC_NULL;
  int got = -1;
  MPI_Sendrecv(&rank, 1, MPI_INT, up, 0, &got, 1, MPI_INT, down, 0, WORLD, IGNORE);
  REQUIRE(got == rank - 1);
}

RIGHT(nothing_is_a_message_too) {
  if (rank == 0 && size > 1) MPI_Send(nullptr, 0, MPI_INT, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(nullptr, 0, MPI_INT, 0, 0, WORLD, IGNORE);
}

RIGHT(less_comes_than_there_is_room_for) {
  int data[10] = {};
  MPI_Status status;
  if (rank == 0 && size > 1) MPI_Send(data, 3, MPI_INT, 1, 0, WORLD);
  if (rank != 1) return;
  MPI_Recv(data, 10, MPI_INT, 0, 0, WORLD, &status);
  int count = 0;
  MPI_Get_count(&status, MPI_INT, &count);
  REQUIRE(count == 3);
}

RIGHT(sends_to_itself_without_waiting) {
  int got = -1;
  MPI_Request request;
  MPI_Isend(&rank, 1, MPI_INT, rank, 0, WORLD, &request);
  MPI_Recv(&got, 1, MPI_INT, rank, 0, WORLD, IGNORE);
  MPI_Wait(&request, IGNORE);
  REQUIRE(got == rank);
}

RIGHT(everybody_to_the_first_from_anybody) {
  if (rank != 0) {
    MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
    return;
  }
  int sum = 0;
  for (int i = 1; i < size; ++i) {
    int value = 0;
    MPI_Status status;
    MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, MPI_ANY_TAG, WORLD, &status);
    REQUIRE(value == status.MPI_SOURCE);
    sum += value;
  }
  REQUIRE(sum == size * (size - 1) / 2);
}

RIGHT(messages_keep_their_order) {
  if (rank == 0 && size > 1)
    for (int i = 0; i < 20; ++i) MPI_Send(&i, 1, MPI_INT, 1, 0, WORLD);
  if (rank == 1)
    for (int i = 0, got = -1; i < 20; ++i) {
      MPI_Recv(&got, 1, MPI_INT, 0, 0, WORLD, IGNORE);
      REQUIRE(got == i);
    }
}

RIGHT(tags_are_received_in_another_order) {
  int a = 1, b = 2;
  MPI_Request requests[2];
  if (rank == 0 && size > 1) {
    MPI_Isend(&a, 1, MPI_INT, 1, 10, WORLD, &requests[0]);
    MPI_Isend(&b, 1, MPI_INT, 1, 20, WORLD, &requests[1]);
    MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
  } else if (rank == 1) {
    MPI_Recv(&b, 1, MPI_INT, 0, 20, WORLD, IGNORE);
    MPI_Recv(&a, 1, MPI_INT, 0, 10, WORLD, IGNORE);
    REQUIRE(a == 1 && b == 2);
  }
}

RIGHT(buffered_sends_head_to_head) {
  std::vector<char> room(1000 + MPI_BSEND_OVERHEAD);
  MPI_Buffer_attach(room.data(), static_cast<int>(room.size()));
  int got = -1;
  MPI_Bsend(&rank, 1, MPI_INT, right_of(rank, size), 0, WORLD);
  MPI_Recv(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, IGNORE);
  void* back = nullptr;
  int bytes = 0;
  MPI_Buffer_detach(&back, &bytes);
  REQUIRE(got == left_of(rank, size));
}

RIGHT(ready_send_after_the_receive_has_begun) {
  if (size < 2) return;
  int value = -1;
  MPI_Request request;
  if (rank == 1) MPI_Irecv(&value, 1, MPI_INT, 0, 0, WORLD, &request);
  MPI_Barrier(WORLD);
  if (rank == 0) MPI_Rsend(&rank, 1, MPI_INT, 1, 0, WORLD);
  if (rank == 1) MPI_Wait(&request, IGNORE);
}

RIGHT(waits_for_any_then_for_the_rest) {
  if (rank != 0) {
    MPI_Send(&rank, 1, MPI_INT, 0, 4, WORLD);
    return;
  }
  std::vector<int> got(static_cast<std::size_t>(size));
  std::vector<MPI_Request> requests(static_cast<std::size_t>(size), MPI_REQUEST_NULL);
  for (int i = 1; i < size; ++i) MPI_Irecv(&got[static_cast<std::size_t>(i)], 1, MPI_INT, i, 4, WORLD, &requests[static_cast<std::size_t>(i)]);
  int index = -1;
  MPI_Waitany(size, requests.data(), &index, IGNORE);
  REQUIRE(size == 1 ? index == MPI_UNDEFINED : got[static_cast<std::size_t>(index)] == index);
  MPI_Waitall(size, requests.data(), MPI_STATUSES_IGNORE);
}

RIGHT(waitsome_until_none_is_left) {
  if (rank != 0) {
    MPI_Ssend(&rank, 1, MPI_INT, 0, 4, WORLD);
    return;
  }
  std::vector<int> got(static_cast<std::size_t>(size)), indices(static_cast<std::size_t>(size));
  std::vector<MPI_Request> requests(static_cast<std::size_t>(size), MPI_REQUEST_NULL);
  for (int i = 1; i < size; ++i) MPI_Irecv(&got[static_cast<std::size_t>(i)], 1, MPI_INT, i, 4, WORLD, &requests[static_cast<std::size_t>(i)]);
  int count = 0, all = 0;
  do {
    MPI_Waitsome(size, requests.data(), &count, indices.data(), MPI_STATUSES_IGNORE);
    if (count != MPI_UNDEFINED) all += count;
  } while (count != MPI_UNDEFINED);
  REQUIRE(all == size - 1);
}

RIGHT(tests_while_it_computes) {
  int got = -1, flag = 0;
  MPI_Request request;
  MPI_Irecv(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, &request);
  MPI_Request sending;
  MPI_Isend(&rank, 1, MPI_INT, right_of(rank, size), 0, WORLD, &sending);
  while (!flag) MPI_Test(&request, &flag, IGNORE);
  MPI_Wait(&sending, IGNORE);
  REQUIRE(got == left_of(rank, size));
}

RIGHT(testall_testany_testsome) {
  int got = -1, flag = 0, index = 0, count = 0, indices[2];
  MPI_Request requests[2];
  MPI_Irecv(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, &requests[0]);
  MPI_Isend(&rank, 1, MPI_INT, right_of(rank, size), 0, WORLD, &requests[1]);
  while (!flag) MPI_Testall(2, requests, &flag, MPI_STATUSES_IGNORE);
  MPI_Testany(2, requests, &index, &flag, IGNORE);
  REQUIRE(flag && index == MPI_UNDEFINED);
  MPI_Testsome(2, requests, &count, indices, MPI_STATUSES_IGNORE);
  REQUIRE(count == MPI_UNDEFINED);
}

RIGHT(a_request_that_is_none) {
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Status status;
  int flag = 0;
  MPI_Wait(&request, &status);
  MPI_Test(&request, &flag, &status);
  REQUIRE(flag && status.MPI_SOURCE == MPI_ANY_SOURCE);
}

RIGHT(cancels_a_receive_that_nobody_serves) {
  int value = 0, cancelled = 0;
  MPI_Request request;
  MPI_Status status;
  MPI_Irecv(&value, 1, MPI_INT, MPI_ANY_SOURCE, 99, WORLD, &request);
  MPI_Cancel(&request);
  MPI_Wait(&request, &status);
  MPI_Test_cancelled(&status, &cancelled);
  REQUIRE(cancelled);
}

RIGHT(frees_the_request_of_a_send) {
  static int value;
  value = rank;
  int got = -1;
  MPI_Request request;
  MPI_Isend(&value, 1, MPI_INT, right_of(rank, size), 0, WORLD, &request);
  MPI_Request_free(&request);
  MPI_Recv(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, IGNORE);
  MPI_Barrier(WORLD);
}

RIGHT(persistent_requests_many_times) {
  int mine = 0, got = -1;
  MPI_Request requests[2];
  MPI_Send_init(&mine, 1, MPI_INT, right_of(rank, size), 0, WORLD, &requests[0]);
  MPI_Recv_init(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, &requests[1]);
  for (int round = 0; round < 5; ++round) {
    mine = rank + 100 * round;
    MPI_Startall(2, requests);
    MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
    REQUIRE(got == left_of(rank, size) + 100 * round);
  }
  MPI_Request_free(&requests[0]);
  MPI_Request_free(&requests[1]);
}

RIGHT(reads_what_it_is_sending) {
  int value = rank, got = -1, copy = 0;
  MPI_Request request;
  MPI_Isend(&value, 1, MPI_INT, right_of(rank, size), 0, WORLD, &request);
  copy = value;
  MPI_Recv(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, IGNORE);
  MPI_Wait(&request, IGNORE);
  REQUIRE(copy == rank);
}

RIGHT(sends_one_buffer_to_many) {
  int value = 5;
  if (rank == 0) {
    std::vector<MPI_Request> requests(static_cast<std::size_t>(size), MPI_REQUEST_NULL);
    for (int to = 1; to < size; ++to) MPI_Isend(&value, 1, MPI_INT, to, 0, WORLD, &requests[static_cast<std::size_t>(to)]);
    MPI_Waitall(size, requests.data(), MPI_STATUSES_IGNORE);
  } else {
    MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);
  }
}

RIGHT(receives_into_parts_of_one_array) {
  if (rank != 0) {
    MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
    return;
  }
  std::vector<int> all(static_cast<std::size_t>(size));
  std::vector<MPI_Request> requests(static_cast<std::size_t>(size), MPI_REQUEST_NULL);
  for (int i = 1; i < size; ++i) MPI_Irecv(all.data() + i, 1, MPI_INT, i, 0, WORLD, &requests[static_cast<std::size_t>(i)]);
  MPI_Waitall(size, requests.data(), MPI_STATUSES_IGNORE);
  REQUIRE(all[static_cast<std::size_t>(size - 1)] == size - 1);
}

RIGHT(a_large_message_each_way) {
  if (size < 2 || rank > 1) return;
  std::vector<double> mine(200'000, rank), theirs(200'000);
  MPI_Sendrecv(mine.data(), 200'000, MPI_DOUBLE, 1 - rank, 0, theirs.data(), 200'000, MPI_DOUBLE, 1 - rank, 0, WORLD, IGNORE);
  REQUIRE(theirs[199'999] == 1 - rank);
}

RIGHT(asks_for_the_state_of_a_request) {
  int got = -1, flag = 0;
  MPI_Request request, sending;
  MPI_Status status;
  MPI_Irecv(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, &request);
  MPI_Isend(&rank, 1, MPI_INT, right_of(rank, size), 0, WORLD, &sending);
  while (!flag) MPI_Request_get_status(request, &flag, &status);
  MPI_Wait(&request, IGNORE);
  MPI_Wait(&sending, IGNORE);
  REQUIRE(got == left_of(rank, size));
}

RIGHT(all_kinds_of_sends) {
  int value = 1;
  MPI_Request request;
  if (rank == 0 && size > 1) {
    MPI_Ssend(&value, 1, MPI_INT, 1, 1, WORLD);
    MPI_Issend(&value, 1, MPI_INT, 1, 2, WORLD, &request);
    MPI_Wait(&request, IGNORE);
    MPI_Ssend_init(&value, 1, MPI_INT, 1, 3, WORLD, &request);
    MPI_Start(&request);
    MPI_Wait(&request, IGNORE);
    MPI_Request_free(&request);
  }
  if (rank == 1)
    for (int tag = 1; tag <= 3; ++tag) MPI_Recv(&value, 1, MPI_INT, 0, tag, WORLD, IGNORE);
}

RIGHT(gets_error_codes_it_has_asked_for) {
  MPI_Comm copy;
  MPI_Comm_dup(WORLD, &copy);
  MPI_Comm_set_errhandler(copy, MPI_ERRORS_RETURN);
  int value = 0;
  REQUIRE(MPI_Send(&value, 1, MPI_INT, size + 3, 0, copy) != MPI_SUCCESS);
  MPI_Comm_free(&copy);
}

RIGHT(uses_a_buffer_again_when_the_answer_shows_that_it_is_free) {
  int value = rank, answer = 0;
  MPI_Request request;
  if (size < 2 || rank > 1) return;
  if (rank == 0) {
    MPI_Isend(&value, 1, MPI_INT, 1, 0, WORLD, &request);
    MPI_Request_free(&request);
    MPI_Recv(&answer, 1, MPI_INT, 1, 1, WORLD, IGNORE);
    value = 99;
    MPI_Recv(&value, 1, MPI_INT, 1, 2, WORLD, IGNORE);
  } else {
    MPI_Recv(&answer, 1, MPI_INT, 0, 0, WORLD, IGNORE);
    MPI_Send(&value, 1, MPI_INT, 0, 1, WORLD);
    MPI_Send(&value, 1, MPI_INT, 0, 2, WORLD);
  }
}
