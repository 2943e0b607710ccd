// One wrong argument each: calls that others do not answer, because it is noticed before anything is sent.
#include "corpus.hpp"

static int value, other;
static MPI_Request request;

WRONG(rank, isend_to_nobody) { MPI_Isend(&value, 1, MPI_INT, size, 0, WORLD, &request); }  // here
WRONG(rank, issend_to_nobody) { MPI_Issend(&value, 1, MPI_INT, size + 9, 0, WORLD, &request); }  // here
WRONG(rank, ssend_to_nobody) { MPI_Ssend(&value, 1, MPI_INT, -7, 0, WORLD); }  // here
WRONG(rank, irecv_from_nobody) { MPI_Irecv(&value, 1, MPI_INT, size, 0, WORLD, &request); }  // here
WRONG(rank, replace_with_nobody) { MPI_Sendrecv_replace(&value, 1, MPI_INT, size, 0, size, 0, WORLD, IGNORE); }  // here
WRONG(rank, prepares_a_send_to_nobody) { MPI_Send_init(&value, 1, MPI_INT, size, 0, WORLD, &request); }  // here
WRONG(rank, prepares_a_receive_from_nobody) { MPI_Recv_init(&value, 1, MPI_INT, size, 0, WORLD, &request); }  // here
WRONG(rank, matched_probe_of_nobody) { MPI_Message m; MPI_Mprobe(size, 0, WORLD, &m, IGNORE); }  // here
WRONG(rank, receives_from_any_destination) { MPI_Send(&value, 1, MPI_INT, MPI_ANY_SOURCE, 0, WORLD); }  // here
WRONG(tag, isend_with_a_negative_tag) { MPI_Isend(&value, 1, MPI_INT, 0, -1, WORLD, &request); }  // here
WRONG(tag, ssend_with_a_negative_tag) { MPI_Ssend(&value, 1, MPI_INT, 0, -9, WORLD); }  // here
WRONG(tag, sendrecv_with_any_tag_to_send) { MPI_Sendrecv(&value, 1, MPI_INT, rank, MPI_ANY_TAG, &other, 1, MPI_INT, rank, 0, WORLD, IGNORE); }  // here
WRONG(tag, probe_with_a_negative_tag) { MPI_Probe(0, -5, WORLD, IGNORE); }  // here
WRONG(tag, prepares_a_send_with_a_negative_tag) { MPI_Send_init(&value, 1, MPI_INT, 0, -2, WORLD, &request); }  // here
WRONG(count, isend_of_less_than_nothing) { MPI_Isend(&value, -2, MPI_INT, 0, 0, WORLD, &request); }  // here
WRONG(count, recv_of_less_than_nothing) { MPI_Recv(&value, -2, MPI_INT, 0, 0, WORLD, IGNORE); }  // here
WRONG(count, sendrecv_of_less_than_nothing) { MPI_Sendrecv(&value, -1, MPI_INT, rank, 0, &other, 1, MPI_INT, rank, 0, WORLD, IGNORE); }  // here
WRONG(count, gathers_less_than_nothing) { MPI_Gather(&value, -1, MPI_INT, &other, 1, MPI_INT, 0, WORLD); }  // here
WRONG(count, reduces_less_than_nothing) { MPI_Reduce(&value, &other, -1, MPI_INT, MPI_SUM, 0, WORLD); }  // here
WRONG(count, scans_less_than_nothing) { MPI_Scan(&value, &other, -3, MPI_INT, MPI_SUM, WORLD); }  // here
WRONG(datatype, isend_without_a_type) { MPI_Isend(&value, 1, MPI_DATATYPE_NULL, 0, 0, WORLD, &request); }  // here
WRONG(datatype, recv_without_a_type) { MPI_Recv(&value, 1, MPI_DATATYPE_NULL, 0, 0, WORLD, IGNORE); }  // here
WRONG(datatype, broadcast_without_a_type) { MPI_Bcast(&value, 1, MPI_DATATYPE_NULL, 0, WORLD); }  // here
WRONG(datatype, allreduce_without_a_type) { MPI_Allreduce(&value, &other, 1, MPI_DATATYPE_NULL, MPI_SUM, WORLD); }  // here
WRONG(null_buffer, isend_from_nowhere) { MPI_Isend(nullptr, 1, MPI_INT, 0, 0, WORLD, &request); }  // here
WRONG(null_buffer, irecv_into_nowhere) { MPI_Irecv(nullptr, 1, MPI_INT, 0, 0, WORLD, &request); }  // here
WRONG(null_buffer, ssend_from_nowhere) { MPI_Ssend(nullptr, 3, MPI_DOUBLE, 0, 0, WORLD); }  // here
WRONG(null_buffer, broadcast_from_nowhere) { MPI_Bcast(nullptr, 3, MPI_DOUBLE, 0, WORLD); }  // here
WRONG(null_buffer, gathers_from_nowhere) { MPI_Gather(nullptr, 1, MPI_INT, &other, 1, MPI_INT, 0, WORLD); }  // here
WRONG(null_buffer, scans_from_nowhere) { MPI_Scan(nullptr, &other, 1, MPI_INT, MPI_SUM, WORLD); }  // here
WRONG(communicator, recv_on_no_communicator) { MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_NULL, IGNORE); }  // here
WRONG(communicator, isend_on_no_communicator) { MPI_Isend(&value, 1, MPI_INT, 0, 0, MPI_COMM_NULL, &request); }  // here
WRONG(communicator, probe_on_no_communicator) { MPI_Probe(0, 0, MPI_COMM_NULL, IGNORE); }  // here
WRONG(communicator, broadcast_on_no_communicator) { MPI_Bcast(&value, 1, MPI_INT, 0, MPI_COMM_NULL); }  // here
WRONG(communicator, asks_the_rank_in_no_communicator) { MPI_Comm_rank(MPI_COMM_NULL, &value); }  // here
WRONG(communicator, asks_the_size_of_no_communicator) { MPI_Comm_size(MPI_COMM_NULL, &value); }  // here
WRONG(communicator, copies_no_communicator) { MPI_Comm c; MPI_Comm_dup(MPI_COMM_NULL, &c); }  // here
WRONG(communicator, splits_no_communicator) { MPI_Comm c; MPI_Comm_split(MPI_COMM_NULL, 0, 0, &c); }  // here
WRONG(communicator, frees_no_communicator) { MPI_Comm c = MPI_COMM_NULL; MPI_Comm_free(&c); }  // here
WRONG(root, gather_to_a_root_that_is_not_there) { MPI_Gather(&value, 1, MPI_INT, &other, 1, MPI_INT, size, WORLD); }  // here
WRONG(root, scatter_from_a_negative_root) { MPI_Scatter(&value, 1, MPI_INT, &other, 1, MPI_INT, -2, WORLD); }  // here
WRONG(root, later_broadcast_from_a_root_that_is_not_there) { MPI_Ibcast(&value, 1, MPI_INT, size, WORLD, &request); }  // here
WRONG(operation, reduce_with_nothing) { MPI_Reduce(&value, &other, 1, MPI_INT, MPI_OP_NULL, 0, WORLD); }  // here
WRONG(operation, scan_with_nothing) { MPI_Scan(&value, &other, 1, MPI_INT, MPI_OP_NULL, WORLD); }  // here
WRONG(operation, later_allreduce_with_nothing) { MPI_Iallreduce(&value, &other, 1, MPI_INT, MPI_OP_NULL, WORLD, &request); }  // here
WRONG(in_place, gathers_in_place_everywhere) { int all[64]; MPI_Gather(rank == 0 ? &value : MPI_IN_PLACE, 1, MPI_INT, all, 1, MPI_INT, 0, WORLD); }  // here
WRONG(overlapping_buffers, reduces_where_it_reads) { MPI_Reduce(&value, &value, 1, MPI_INT, MPI_SUM, 0, WORLD); }  // here
WRONG(overlapping_buffers, scans_where_it_reads) { MPI_Scan(&value, &value, 1, MPI_INT, MPI_SUM, WORLD); }  // here
WRONG(overlapping_buffers, exscans_where_it_reads) { MPI_Exscan(&value, &value, 1, MPI_INT, MPI_SUM, WORLD); }  // here
WRONG(collective_mismatch, later_broadcasts_with_other_roots) { MPI_Ibcast(&value, 1, MPI_INT, rank, WORLD, &request); }  // here
WRONG(collective_mismatch, later_allreduces_with_other_operations) { MPI_Iallreduce(&value, &other, 1, MPI_INT, rank == 0 ? MPI_SUM : MPI_PROD, WORLD, &request); }  // here
WRONG(collective_mismatch, scans_with_other_types) { MPI_Scan(&value, &other, 1, rank == 0 ? MPI_INT : MPI_FLOAT, MPI_SUM, WORLD); }  // here
WRONG(collective_mismatch, reduces_for_other_roots) { MPI_Reduce(&value, &other, 1, MPI_INT, MPI_SUM, rank, WORLD); }  // here
WRONG(collective_mismatch, one_scatters_and_one_gathers) {
  int all[64] = {};
  if (rank == 0)
    MPI_Scatter(all, 1, MPI_INT, &value, 1, MPI_INT, 0, WORLD);  // here
  else
    MPI_Gather(&value, 1, MPI_INT, all, 1, MPI_INT, 0, WORLD);  // here
}
WRONG(collective_mismatch, one_splits_and_one_copies) {
  MPI_Comm made;
  if (rank == 0)
    MPI_Comm_split(WORLD, 0, 0, &made);  // here
  else
    MPI_Comm_dup(WORLD, &made);  // here
}
