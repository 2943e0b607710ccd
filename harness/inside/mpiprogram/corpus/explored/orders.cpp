// Programs that work as long as things come in the order of the ranks, which is how they come in an ordinary run: the barriers let one rank send after
// the other, and the first one look when all have sent. Only other choices show what is wrong.
#include "corpus.hpp"

// `count` numbers of each rank but the first, sent to it and received there by `receive`.
template <class Receive>
static void in_turn(int rank, int size, int count, Receive receive) {
  std::vector<int> data(static_cast<std::size_t>(count), rank);
  MPI_Request request = MPI_REQUEST_NULL;
  for (int turn = 1; turn < size; ++turn) {
    if (rank == turn) MPI_Isend(data.data(), count, MPI_INT, 0, 0, WORLD, &request);
    MPI_Barrier(WORLD);
  }
  if (rank == 0) receive();
  MPI_Wait(&request, IGNORE);
}

WRONG(deadlock, receives_twice_from_the_one_it_probed) {
  in_turn(rank, size, 1, [&] {
    int value = 0;
    MPI_Status status;
    MPI_Probe(MPI_ANY_SOURCE, 0, WORLD, &status);
    for (int from = status.MPI_SOURCE; from < status.MPI_SOURCE + size - 1; ++from)
      MPI_Recv(&value, 1, MPI_INT, from == size ? status.MPI_SOURCE : from, 0, WORLD, IGNORE);  // here
  });
}
WRONG(truncation, asks_for_the_length_of_one_message_and_receives_another) {
  in_turn(rank, size, rank, [&] {
    for (int i = 1, count = 0; i < size; ++i) {
      MPI_Status status;
      MPI_Probe(MPI_ANY_SOURCE, 0, WORLD, &status);
      MPI_Get_count(&status, MPI_INT, &count);
      std::vector<int> data(static_cast<std::size_t>(count));
      MPI_Recv(data.data(), count, MPI_INT, MPI_ANY_SOURCE, 0, WORLD, IGNORE);  // here
    }
  });
}
WRONG(deadlock, takes_what_iprobe_sees_for_the_first_rank) {
  in_turn(rank, size, 1, [&] {
    MPI_Status status;
    for (int flag = 0; !flag;) MPI_Iprobe(MPI_ANY_SOURCE, 0, WORLD, &flag, &status);
    for (int i = 1, value = 0; i < size; ++i) MPI_Recv(&value, 1, MPI_INT, i == 1 ? status.MPI_SOURCE : i, 0, WORLD, IGNORE);  // here
  });
}
WRONG(signal, counts_on_the_order_of_matched_probes) {
  in_turn(rank, size, 1, [&] {
    for (int i = 1, value = 0; i < size; ++i) {
      MPI_Message message;
      MPI_Mprobe(MPI_ANY_SOURCE, 0, WORLD, &message, IGNORE);
      MPI_Mrecv(&value, 1, MPI_INT, &message, IGNORE);
      REQUIRE(value == i);
    }
  });
}
WRONG(signal, counts_on_the_order_of_receives_from_anybody) {
  in_turn(rank, size, 1, [&] {
    for (int i = 1, value = 0; i < size; ++i) {
      MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, MPI_ANY_TAG, WORLD, IGNORE);
      REQUIRE(value == i);
    }
  });
}

static void receive_two(int values[2], MPI_Request requests[2]) {
  for (int from = 1; from <= 2; ++from) MPI_Irecv(&values[from - 1], 1, MPI_INT, from, 0, WORLD, &requests[from - 1]);
}

WRONG(signal, computes_in_the_order_of_waitany) {
  if (size < 3) return;
  in_turn(rank, 3, 1, [&] {
    int values[2] = {}, result = 0;
    MPI_Request requests[2];
    receive_two(values, requests);
    for (int i = 0, index = 0; i < 2; ++i) {
      MPI_Waitany(2, requests, &index, IGNORE);
      result = 10 * result + values[index];
    }
    REQUIRE(result == 12);
  });
}
WRONG(deadlock, waits_for_an_answer_of_whom_waitany_names) {
  if (rank > 2) return;
  int values[2] = {}, index = 0, answer = 0;
  MPI_Request requests[2];
  if (rank != 0) MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
  if (rank == 1) MPI_Send(&rank, 1, MPI_INT, 0, 1, WORLD);  // here
  if (rank != 0) return;
  receive_two(values, requests);
  MPI_Waitany(2, requests, &index, IGNORE);
  MPI_Recv(&answer, 1, MPI_INT, index + 1, 1, WORLD, IGNORE);  // here
  MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
}
WRONG(signal, takes_the_first_that_testany_finds_for_the_first_rank) {
  if (size < 3) return;
  in_turn(rank, 3, 1, [&] {
    int values[2] = {}, index = 0;
    MPI_Request requests[2];
    receive_two(values, requests);
    for (int flag = 0; !flag;) MPI_Testany(2, requests, &index, &flag, IGNORE);
    REQUIRE(values[0] == 1);
    MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
  });
}
WRONG(missing_wait, believes_that_waitsome_waits_for_all) {
  if (size < 3) return;
  in_turn(rank, 3, 1, [&] {
    int values[2] = {}, count = 0, indices[2];
    MPI_Request requests[2];
    for (int from = 1; from <= 2; ++from)
      MPI_Irecv(&values[from - 1], 1, MPI_INT, from, 0, WORLD, &requests[from - 1]);  // here
    MPI_Waitsome(2, requests, &count, indices, MPI_STATUSES_IGNORE);
  });
}
WRONG(signal, believes_that_testsome_finds_all_or_none) {
  if (size < 3) return;
  in_turn(rank, 3, 1, [&] {
    int values[2] = {}, count = 0, indices[2];
    MPI_Request requests[2];
    receive_two(values, requests);
    while (count == 0) MPI_Testsome(2, requests, &count, indices, MPI_STATUSES_IGNORE);
    REQUIRE(values[0] + values[1] == 3);
    MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
  });
}
