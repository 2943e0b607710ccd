// What may come in any order is taken in any order; and what comes in one order only, whatever is chosen, may be counted on.
#include "corpus.hpp"

// Every rank but the first sends it one number, its rank.
static void send_own_rank(int rank) { MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD); }

static std::vector<MPI_Request> receive_from_each(int size, std::vector<int>& got) {
  got.assign(static_cast<std::size_t>(size), -1);
  std::vector<MPI_Request> requests(static_cast<std::size_t>(size), MPI_REQUEST_NULL);
  for (int from = 1; from < size; ++from) MPI_Irecv(&got[static_cast<std::size_t>(from)], 1, MPI_INT, from, 0, WORLD, &requests[static_cast<std::size_t>(from)]);
  return requests;
}

RIGHT(probes_anybody_and_receives_from_whom_it_found) {
  if (rank != 0) {
    std::vector<int> data(static_cast<std::size_t>(rank), rank);
    MPI_Send(data.data(), rank, MPI_INT, 0, 0, WORLD);
    return;
  }
  int sum = 0;
  for (int i = 1; i < size; ++i) {
    MPI_Status status;
    int count = 0;
    MPI_Probe(MPI_ANY_SOURCE, 0, WORLD, &status);
    MPI_Get_count(&status, MPI_INT, &count);
    std::vector<int> data(static_cast<std::size_t>(count));
    MPI_Recv(data.data(), count, MPI_INT, status.MPI_SOURCE, 0, WORLD, IGNORE);
    REQUIRE(count == status.MPI_SOURCE && data.back() == count);
    sum += count;
  }
  REQUIRE(sum == size * (size - 1) / 2);
}

RIGHT(looks_for_anybody_until_all_have_come) {
  if (rank != 0) return send_own_rank(rank);
  for (int left = size - 1; left > 0;) {
    int flag = 0, value = -1;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, WORLD, &flag, &status);
    if (!flag) continue;
    MPI_Recv(&value, 1, MPI_INT, status.MPI_SOURCE, status.MPI_TAG, WORLD, IGNORE);
    REQUIRE(value == status.MPI_SOURCE);
    --left;
  }
}

RIGHT(takes_messages_of_anybody_by_matched_probes) {
  if (rank != 0) return send_own_rank(rank);
  for (int left = size - 1; left > 0;) {
    int flag = left % 2, value = -1;
    MPI_Message message;
    MPI_Status status;
    if (flag)
      MPI_Mprobe(MPI_ANY_SOURCE, 0, WORLD, &message, &status);
    else
      MPI_Improbe(MPI_ANY_SOURCE, 0, WORLD, &flag, &message, &status);
    if (!flag) continue;
    MPI_Mrecv(&value, 1, MPI_INT, &message, IGNORE);
    REQUIRE(value == status.MPI_SOURCE);
    --left;
  }
}

RIGHT(serves_each_request_as_it_comes) {
  if (rank != 0) return send_own_rank(rank);
  std::vector<int> got;
  std::vector<MPI_Request> requests = receive_from_each(size, got);
  for (int i = 1, index = -1; i < size; ++i) {
    MPI_Waitany(size, requests.data(), &index, IGNORE);
    REQUIRE(got[static_cast<std::size_t>(index)] == index);
  }
}

RIGHT(serves_some_requests_at_a_time) {
  if (rank != 0) return send_own_rank(rank);
  std::vector<int> got, indices(static_cast<std::size_t>(size));
  std::vector<MPI_Request> requests = receive_from_each(size, got);
  for (int left = size - 1, count = 0; left > 0; left -= count) {
    MPI_Waitsome(size, requests.data(), &count, indices.data(), MPI_STATUSES_IGNORE);
    for (int i = 0; i < count; ++i) REQUIRE(got[static_cast<std::size_t>(indices[static_cast<std::size_t>(i)])] == indices[static_cast<std::size_t>(i)]);
  }
}

RIGHT(tests_requests_until_all_are_complete) {
  if (rank != 0) return send_own_rank(rank);
  std::vector<int> got, indices(static_cast<std::size_t>(size));
  std::vector<MPI_Request> requests = receive_from_each(size, got);
  for (int left = size - 1; left > 0;) {
    int flag = 0, index = -1, count = 0;
    MPI_Testany(size, requests.data(), &index, &flag, IGNORE);
    if (flag) --left;
    if (left > 0) MPI_Testsome(size, requests.data(), &count, indices.data(), MPI_STATUSES_IGNORE);
    left -= count;
  }
}

// 3.5: messages of one source do not overtake each other, whatever their tags are.
RIGHT(any_tag_of_one_source_comes_in_order) {
  if (rank == 1)
    for (const int tag : {7, 3, 9}) MPI_Send(&tag, 1, MPI_INT, 0, tag, WORLD);
  if (rank != 0 || size < 2) return;
  for (const int tag : {7, 3, 9}) {
    int value = 0;
    MPI_Status status;
    MPI_Probe(MPI_ANY_SOURCE, MPI_ANY_TAG, WORLD, &status);
    MPI_Recv(&value, 1, MPI_INT, 1, MPI_ANY_TAG, WORLD, IGNORE);
    REQUIRE(value == tag && status.MPI_TAG == tag);
  }
}

// The second rank's message comes only when the first one's has been served.
RIGHT(the_second_comes_when_the_first_is_received) {
  if (size < 3 || rank > 2) return;
  int value = -1;
  if (rank == 1) MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
  if (rank == 2) {
    MPI_Recv(&value, 1, MPI_INT, 0, 1, WORLD, IGNORE);
    MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
  }
  if (rank != 0) return;
  for (int from = 1; from <= 2; ++from) {
    MPI_Status status;
    MPI_Probe(MPI_ANY_SOURCE, 0, WORLD, &status);
    REQUIRE(status.MPI_SOURCE == from);
    MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, 0, WORLD, IGNORE);
    REQUIRE(value == from);
    if (from == 1) MPI_Send(&value, 1, MPI_INT, 2, 1, WORLD);
  }
}

RIGHT(the_second_comes_when_the_first_was_seen) {
  if (size < 3 || rank > 2) return;
  int value = -1;
  if (rank == 1) MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
  if (rank == 2) {
    MPI_Recv(&value, 1, MPI_INT, 0, 1, WORLD, IGNORE);
    MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
  }
  if (rank != 0) return;
  for (int from = 1; from <= 2; ++from) {
    MPI_Status status;
    for (int flag = 0; !flag;) MPI_Iprobe(MPI_ANY_SOURCE, 0, WORLD, &flag, &status);
    REQUIRE(status.MPI_SOURCE == from);
    MPI_Recv(&value, 1, MPI_INT, from, 0, WORLD, IGNORE);
    if (from == 1) MPI_Send(&value, 1, MPI_INT, 2, 1, WORLD);
  }
}

RIGHT(the_second_request_completes_when_the_first_was_served) {
  if (size < 3 || rank > 2) return;
  int values[2] = {}, index = -1;
  if (rank == 1) MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
  if (rank == 2) {
    MPI_Recv(values, 1, MPI_INT, 0, 1, WORLD, IGNORE);
    MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
  }
  if (rank != 0) return;
  MPI_Request requests[2];
  for (int from = 1; from <= 2; ++from) MPI_Irecv(&values[from - 1], 1, MPI_INT, from, 0, WORLD, &requests[from - 1]);
  MPI_Waitany(2, requests, &index, IGNORE);
  REQUIRE(index == 0);
  MPI_Send(values, 1, MPI_INT, 2, 1, WORLD);
  MPI_Waitany(2, requests, &index, IGNORE);
  REQUIRE(index == 1);
}

// 3.5: the first receive gets the first message that fits it, so the second one cannot be served before.
RIGHT(two_receives_from_anybody_are_served_in_their_order) {
  if (size < 4 || rank > 3) return;
  int values[3] = {};
  if (rank == 3) MPI_Recv(values, 1, MPI_INT, 0, 1, WORLD, IGNORE);
  if (rank != 0) return send_own_rank(rank);
  MPI_Request first, second;
  MPI_Irecv(&values[0], 1, MPI_INT, MPI_ANY_SOURCE, 0, WORLD, &first);
  MPI_Irecv(&values[1], 1, MPI_INT, MPI_ANY_SOURCE, 0, WORLD, &second);
  MPI_Wait(&second, IGNORE);
  MPI_Send(values, 0, MPI_INT, 3, 1, WORLD);
  MPI_Wait(&first, IGNORE);
  MPI_Recv(&values[2], 1, MPI_INT, MPI_ANY_SOURCE, 0, WORLD, IGNORE);
  REQUIRE(values[2] == 3 && values[0] + values[1] == 3);
}

// The open receive from anybody lets the first one go on, who lets the second one go on, for whom this rank waits.
RIGHT(an_open_receive_lets_others_go_on) {
  if (size < 4 || rank > 3) return;
  int value = -1, got = -1;
  MPI_Request request;
  if (rank == 1) {
    MPI_Ssend(&rank, 1, MPI_INT, 0, 0, WORLD);
    MPI_Send(&rank, 1, MPI_INT, 2, 1, WORLD);
  } else if (rank == 2) {
    MPI_Recv(&value, 1, MPI_INT, 1, 1, WORLD, IGNORE);
    MPI_Send(&rank, 1, MPI_INT, 0, 1, WORLD);
  } else if (rank == 3) {
    MPI_Recv(&value, 1, MPI_INT, 0, 1, WORLD, IGNORE);
    MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
  } else {
    MPI_Irecv(&got, 1, MPI_INT, MPI_ANY_SOURCE, 0, WORLD, &request);
    MPI_Recv(&value, 1, MPI_INT, 2, 1, WORLD, IGNORE);
    MPI_Wait(&request, IGNORE);
    MPI_Send(&value, 1, MPI_INT, 3, 1, WORLD);
    MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, 0, WORLD, IGNORE);
    REQUIRE(got == 1 && value == 3);
  }
}
