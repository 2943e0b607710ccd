#include "corpus.hpp"

WRONG(deadlock, both_receive_first) {
  int value = 0;
  if (rank > 1) return;
  MPI_Recv(&value, 1, MPI_INT, 1 - rank, 0, WORLD, IGNORE);  // here
  MPI_Send(&value, 1, MPI_INT, 1 - rank, 0, WORLD);
}
WRONG(unsafe_send, both_send_first) {
  int value = 0;
  if (rank > 1) return;
  MPI_Send(&value, 1, MPI_INT, 1 - rank, 0, WORLD);  // here
  MPI_Recv(&value, 1, MPI_INT, 1 - rank, 0, WORLD, IGNORE);
}
WRONG(deadlock, both_send_much_first) {
  std::vector<double> mine(100'000), theirs(100'000);
  if (rank > 1) return;
  MPI_Send(mine.data(), 100'000, MPI_DOUBLE, 1 - rank, 0, WORLD);  // here
  MPI_Recv(theirs.data(), 100'000, MPI_DOUBLE, 1 - rank, 0, WORLD, IGNORE);
}
WRONG(deadlock, both_send_synchronously_first) {
  int value = 0;
  if (rank > 1) return;
  MPI_Ssend(&value, 1, MPI_INT, 1 - rank, 0, WORLD);  // here
  MPI_Recv(&value, 1, MPI_INT, 1 - rank, 0, WORLD, IGNORE);
}
WRONG(unsafe_send, a_ring_in_which_all_send_first) {
  int got = 0;
  MPI_Send(&rank, 1, MPI_INT, right_of(rank, size), 0, WORLD);  // here
  MPI_Recv(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, IGNORE);
}
WRONG(deadlock, a_ring_in_which_all_receive_first) {
  int got = 0;
  MPI_Recv(&got, 1, MPI_INT, left_of(rank, size), 0, WORLD, IGNORE);  // here
  MPI_Send(&rank, 1, MPI_INT, right_of(rank, size), 0, WORLD);
}
WRONG(unsafe_send, sends_to_itself_and_then_receives) {
  int got = 0;
  if (rank != 0) return;
  MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);  // here
  MPI_Recv(&got, 1, MPI_INT, 0, 0, WORLD, IGNORE);
}
WRONG(deadlock, receives_from_itself_and_then_sends) {
  int got = 0;
  if (rank != 0) return;
  MPI_Recv(&got, 1, MPI_INT, 0, 0, WORLD, IGNORE);  // here
  MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
}
WRONG(deadlock, waits_for_a_tag_that_nobody_sends) {
  int value = 0;
  if (rank == 0) MPI_Send(&value, 1, MPI_INT, 1, 8, WORLD);          // here
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 7, WORLD, IGNORE);  // here
}
WRONG(deadlock, waits_for_a_rank_that_sends_to_another) {
  int value = 0;
  if (rank == 0) MPI_Send(&value, 1, MPI_INT, 2, 0, WORLD);          // here
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);  // here
}
WRONG(deadlock, receives_one_message_too_many) {
  int value = 0;
  if (rank == 0) MPI_Send(&value, 1, MPI_INT, 1, 0, WORLD);
  if (rank == 1)
    for (int i = 0; i < 2; ++i) MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);  // here
}
WRONG(deadlock, sends_one_message_too_many) {
  int value = 0;
  if (rank == 0)
    for (int i = 0; i < 2; ++i) MPI_Send(&value, 1, MPI_INT, 1, 0, WORLD);  // here
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);
}
WRONG(deadlock, receives_on_another_communicator) {
  int value = 0;
  MPI_Comm copy;
  MPI_Comm_dup(WORLD, &copy);
  if (rank == 0) MPI_Ssend(&value, 1, MPI_INT, 1, 0, WORLD);         // here
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 0, copy, IGNORE);  // here
  MPI_Comm_free(&copy);
}
WRONG(deadlock, probes_for_what_nobody_sends) {
  MPI_Status status;
  if (rank == 0) MPI_Probe(MPI_ANY_SOURCE, 5, WORLD, &status);  // here
}
WRONG(deadlock, waits_for_anybody_and_nobody_sends) {
  int value = 0;
  if (rank == 0) MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, 0, WORLD, IGNORE);  // here
}
WRONG(deadlock, waits_for_a_request_that_nobody_serves) {
  int value = 0;
  MPI_Request request;
  if (rank != 0) return;
  MPI_Irecv(&value, 1, MPI_INT, 1, 0, WORLD, &request);
  MPI_Wait(&request, IGNORE);  // here
}
WRONG(deadlock, waits_for_all_and_one_never_comes) {
  int values[2] = {};
  MPI_Request requests[2];
  if (rank == 1) MPI_Send(&rank, 1, MPI_INT, 0, 0, WORLD);
  if (rank != 0) return;
  MPI_Irecv(&values[0], 1, MPI_INT, 1, 0, WORLD, &requests[0]);
  MPI_Irecv(&values[1], 1, MPI_INT, 2, 0, WORLD, &requests[1]);
  MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);  // here
}
WRONG(deadlock, waits_for_any_of_two_that_never_come) {
  int values[2] = {}, index = 0;
  MPI_Request requests[2];
  if (rank != 0) return;
  MPI_Irecv(&values[0], 1, MPI_INT, 1, 0, WORLD, &requests[0]);
  MPI_Irecv(&values[1], 1, MPI_INT, 2, 0, WORLD, &requests[1]);
  MPI_Waitany(2, requests, &index, IGNORE);  // here
}
WRONG(deadlock, exchanges_with_somebody_who_exchanges_with_another) {
  int got = 0;
  const int partner = rank == 0 ? 1 : rank == 1 ? 2 : rank == 2 ? 0 : MPI_PROC_NULL;
  MPI_Sendrecv(&rank, 1, MPI_INT, partner, 0, &got, 1, MPI_INT, partner, 0, WORLD, IGNORE);  // here
}
WRONG(deadlock, three_wait_for_each_other_in_a_circle_with_data_behind) {
  int value = 0;
  MPI_Request request;
  MPI_Irecv(&value, 1, MPI_INT, left_of(rank, size), 1, WORLD, &request);
  MPI_Wait(&request, IGNORE);  // here
  MPI_Send(&rank, 1, MPI_INT, right_of(rank, size), 1, WORLD);
}
WRONG(deadlock, a_barrier_before_the_message_on_one_side_only) {
  int value = 0;
  if (rank == 0) MPI_Barrier(WORLD);  // here
  if (rank == 0) MPI_Send(&value, 1, MPI_INT, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);  // here
  if (rank != 0) MPI_Barrier(WORLD);  // here
}

WRONG(truncation, receives_less_than_was_sent) {
  int values[4] = {};
  if (rank == 0) MPI_Send(values, 4, MPI_INT, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(values, 2, MPI_INT, 0, 0, WORLD, IGNORE);  // here
}
WRONG(truncation, receives_less_than_was_sent_later) {
  int values[4] = {};
  MPI_Request request;
  if (rank == 0) MPI_Send(values, 4, MPI_INT, 1, 0, WORLD);
  if (rank != 1) return;
  MPI_Irecv(values, 1, MPI_INT, 0, 0, WORLD, &request);
  MPI_Wait(&request, IGNORE);  // here
}
WRONG(truncation, counts_numbers_and_sends_bytes) {
  double values[4] = {};
  if (rank == 0) MPI_Send(values, 4, MPI_DOUBLE, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(values, 4, MPI_FLOAT, 0, 0, WORLD, IGNORE);  // here
}
WRONG(truncation, partners_exchange_unequal_lengths) {
  std::vector<int> mine(static_cast<std::size_t>(10 + rank)), theirs(static_cast<std::size_t>(10 + rank));
  if (rank > 1) return;
  MPI_Sendrecv(mine.data(), 10 + rank, MPI_INT, 1 - rank, 0, theirs.data(), 10 + rank, MPI_INT, 1 - rank, 0, WORLD, IGNORE);  // here
}
WRONG(type_mismatch, sends_integers_and_receives_floats) {
  int number = 1;
  float value = 0;
  if (rank == 0) MPI_Send(&number, 1, MPI_INT, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(&value, 1, MPI_FLOAT, 0, 0, WORLD, IGNORE);  // here
}
WRONG(type_mismatch, sends_doubles_and_receives_bytes) {
  double value = 1;
  char bytes[8];
  if (rank == 0) MPI_Send(&value, 1, MPI_DOUBLE, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(bytes, 8, MPI_BYTE, 0, 0, WORLD, IGNORE);  // here
}
WRONG(type_mismatch, sends_longs_and_receives_twice_as_many_ints) {
  long values[2] = {};
  int parts[4] = {};
  if (rank == 0) MPI_Send(values, 2, MPI_LONG, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(parts, 4, MPI_INT, 0, 0, WORLD, IGNORE);  // here
}
WRONG(type_mismatch, structure_against_numbers) {
  MPI_Datatype type;
  const int lengths[] = {2, 1};
  const MPI_Aint places[] = {0, 8};
  const MPI_Datatype types[] = {MPI_INT, MPI_DOUBLE};
  MPI_Type_create_struct(2, lengths, places, types, &type);
  MPI_Type_commit(&type);
  double data[2] = {};
  if (rank == 0) MPI_Send(data, 1, type, 1, 0, WORLD);
  if (rank == 1) MPI_Recv(data, 2, MPI_DOUBLE, 0, 0, WORLD, IGNORE);  // here
  MPI_Type_free(&type);
}

WRONG(rank, sends_to_a_rank_that_is_not_there) {
  int value = 0;
  if (rank == 0) MPI_Send(&value, 1, MPI_INT, size, 0, WORLD);  // here
}
WRONG(rank, sends_to_a_negative_rank) {
  int value = 0;
  if (rank == 0) MPI_Send(&value, 1, MPI_INT, -5, 0, WORLD);  // here
}
WRONG(rank, receives_from_a_rank_that_is_not_there) {
  int value = 0;
  if (rank == 0) MPI_Recv(&value, 1, MPI_INT, size + 1, 0, WORLD, IGNORE);  // here
}
WRONG(rank, the_last_sends_to_the_next) {
  int value = 0, got = 0;
  MPI_Sendrecv(&value, 1, MPI_INT, rank + 1, 0, &got, 1, MPI_INT, left_of(rank, size), 0, WORLD, IGNORE);  // here
}
WRONG(rank, probes_a_rank_that_is_not_there) {
  int flag = 0;
  if (rank == 0) MPI_Iprobe(size + 7, 0, WORLD, &flag, IGNORE);  // here
}
WRONG(tag, sends_with_a_negative_tag) {
  int value = 0;
  if (rank == 0) MPI_Send(&value, 1, MPI_INT, 1, -3, WORLD);  // here
}
WRONG(tag, sends_with_any_tag) {
  int value = 0;
  if (rank == 0) MPI_Send(&value, 1, MPI_INT, 1, MPI_ANY_TAG, WORLD);  // here
}
WRONG(tag, receives_with_a_negative_tag) {
  int value = 0;
  if (rank == 0) MPI_Recv(&value, 1, MPI_INT, 1, -7, WORLD, IGNORE);  // here
}
WRONG(count, sends_less_than_nothing) {
  int value = 0;
  if (rank == 0) MPI_Send(&value, -1, MPI_INT, 1, 0, WORLD);  // here
}
WRONG(count, receives_less_than_nothing) {
  int value = 0;
  MPI_Request request;
  if (rank == 0) MPI_Irecv(&value, -4, MPI_INT, 1, 0, WORLD, &request);  // here
}
WRONG(null_buffer, sends_from_nowhere) {
  if (rank == 0) MPI_Send(nullptr, 5, MPI_INT, 1, 0, WORLD);  // here
}
WRONG(null_buffer, receives_into_nowhere) {
  if (rank == 0) MPI_Recv(nullptr, 5, MPI_INT, 1, 0, WORLD, IGNORE);  // here
}
WRONG(datatype, sends_without_a_type) {
  int value = 0;
  if (rank == 0) MPI_Send(&value, 1, MPI_DATATYPE_NULL, 1, 0, WORLD);  // here
}
WRONG(datatype, sends_with_a_type_that_is_not_committed) {
  MPI_Datatype two;
  MPI_Type_contiguous(2, MPI_INT, &two);
  int values[2] = {};
  if (rank == 0) MPI_Send(values, 1, two, 1, 0, WORLD);  // here
  MPI_Type_free(&two);
}
WRONG(communicator, sends_on_no_communicator) {
  int value = 0;
  if (rank == 0) MPI_Send(&value, 1, MPI_INT, 1, 0, MPI_COMM_NULL);  // here
}
WRONG(communicator, uses_a_communicator_that_it_is_not_in) {
  MPI_Comm first;
  MPI_Comm_split(WORLD, rank == 0 ? 0 : MPI_UNDEFINED, 0, &first);
  MPI_Barrier(first);  // here
  if (rank == 0) MPI_Comm_free(&first);
}
WRONG(communicator, uses_a_communicator_after_it_freed_it) {
  MPI_Comm copy, kept;
  MPI_Comm_dup(WORLD, &copy);
  kept = copy;
  MPI_Comm_free(&copy);
  MPI_Barrier(kept);  // here
}
WRONG(communicator, frees_the_world) {
  MPI_Comm world = WORLD;
  MPI_Comm_free(&world);  // here
}
WRONG(no_buffer, buffered_send_without_a_buffer) {
  int value = 0;
  if (rank == 0) MPI_Bsend(&value, 1, MPI_INT, 1, 0, WORLD);  // here
  if (rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 0, WORLD, IGNORE);
}
WRONG(no_buffer, buffered_send_with_too_little) {
  std::vector<char> room(100);
  std::vector<int> data(100);
  MPI_Buffer_attach(room.data(), 100);
  if (rank == 0) MPI_Bsend(data.data(), 100, MPI_INT, 1, 0, WORLD);  // here
  if (rank == 1) MPI_Recv(data.data(), 100, MPI_INT, 0, 0, WORLD, IGNORE);
}
WRONG(ready_send, sends_before_the_receiver_is_ready) {
  int value = 0;
  if (rank == 0) MPI_Rsend(&value, 1, MPI_INT, 1, 0, WORLD);  // here
  MPI_Request request;
  if (rank != 1) return;
  int flag = 0;
  while (!flag) MPI_Iprobe(0, 0, WORLD, &flag, IGNORE);
  MPI_Irecv(&value, 1, MPI_INT, 0, 0, WORLD, &request);
  MPI_Wait(&request, IGNORE);
}
WRONG(lost_message, buffered_and_never_received) {
  static std::vector<char> room(1000);
  int value = 0;
  if (rank != 0) return;
  MPI_Buffer_attach(room.data(), 1000);
  MPI_Bsend(&value, 1, MPI_INT, 1, 0, WORLD);  // here
}
WRONG(message_handle, receives_a_matched_message_twice) {
  int value = 0;
  MPI_Message message, copy;
  if (rank == 0) MPI_Send(&value, 1, MPI_INT, 1, 0, WORLD);
  if (rank != 1) return;
  MPI_Mprobe(0, 0, WORLD, &message, IGNORE);
  copy = message;
  MPI_Mrecv(&value, 1, MPI_INT, &message, IGNORE);
  MPI_Mrecv(&value, 1, MPI_INT, &copy, IGNORE);  // here
}
