// Every basic type round a ring, every way to send with every way to receive, and every collective call on more than one type.
#include "corpus.hpp"

#include <complex>

#define RING(name, type, Element)                                                                                                                 \
  RIGHT(name) {                                                                                                                                   \
    std::vector<Element> mine(9, static_cast<Element>(rank + 1)), theirs(9);                                                                     \
    MPI_Sendrecv(mine.data(), 9, type, right_of(rank, size), 0, theirs.data(), 9, type, left_of(rank, size), 0, WORLD, IGNORE);                   \
    REQUIRE(theirs[8] == static_cast<Element>(left_of(rank, size) + 1));                                                                          \
  }
RING(ring_of_char, MPI_CHAR, char)
RING(ring_of_signed_char, MPI_SIGNED_CHAR, signed char)
RING(ring_of_unsigned_char, MPI_UNSIGNED_CHAR, unsigned char)
RING(ring_of_short, MPI_SHORT, short)
RING(ring_of_unsigned_short, MPI_UNSIGNED_SHORT, unsigned short)
RING(ring_of_unsigned, MPI_UNSIGNED, unsigned)
RING(ring_of_long, MPI_LONG, long)
RING(ring_of_unsigned_long, MPI_UNSIGNED_LONG, unsigned long)
RING(ring_of_long_long, MPI_LONG_LONG, long long)
RING(ring_of_float, MPI_FLOAT, float)
RING(ring_of_double, MPI_DOUBLE, double)
RING(ring_of_long_double, MPI_LONG_DOUBLE, long double)
RING(ring_of_bytes, MPI_BYTE, unsigned char)
RING(ring_of_wide_characters, MPI_WCHAR, wchar_t)
RING(ring_of_int8, MPI_INT8_T, std::int8_t)
RING(ring_of_int16, MPI_INT16_T, std::int16_t)
RING(ring_of_int64, MPI_INT64_T, std::int64_t)
RING(ring_of_uint8, MPI_UINT8_T, std::uint8_t)
RING(ring_of_uint32, MPI_UINT32_T, std::uint32_t)
RING(ring_of_uint64, MPI_UINT64_T, std::uint64_t)
RING(ring_of_addresses, MPI_AINT, MPI_Aint)
RING(ring_of_complex, MPI_C_DOUBLE_COMPLEX, std::complex<double>)

// `send`: of `value` to `to` with tag 0; `receive`: into `got` from `from`.
#define PAIR(name, send, receive)                              \
  RIGHT(name) {                                                \
    int value = 5, got = 0, flag = 0;                          \
    MPI_Request request;                                       \
    MPI_Status status;                                         \
    MPI_Message message;                                       \
    static_cast<void>(value), static_cast<void>(got), static_cast<void>(flag); \
    static_cast<void>(request), static_cast<void>(status), static_cast<void>(message); \
    const int to = 1, from = 0;                                \
    if (size < 2) return;                                      \
    if (rank == 0) { send; static_cast<void>(to); }            \
    if (rank == 1) { receive; static_cast<void>(from); REQUIRE(got == 5); } \
  }
#define SEND MPI_Send(&value, 1, MPI_INT, to, 0, WORLD)
#define SSEND MPI_Ssend(&value, 1, MPI_INT, to, 0, WORLD)
#define ISEND MPI_Isend(&value, 1, MPI_INT, to, 0, WORLD, &request), MPI_Wait(&request, IGNORE)
#define ISSEND MPI_Issend(&value, 1, MPI_INT, to, 0, WORLD, &request), MPI_Wait(&request, &status)
#define RECV MPI_Recv(&got, 1, MPI_INT, from, 0, WORLD, IGNORE)
#define RECV_ANY MPI_Recv(&got, 1, MPI_INT, MPI_ANY_SOURCE, MPI_ANY_TAG, WORLD, &status)
#define IRECV MPI_Irecv(&got, 1, MPI_INT, from, 0, WORLD, &request), MPI_Wait(&request, IGNORE)
#define IRECV_TEST MPI_Irecv(&got, 1, MPI_INT, from, 0, WORLD, &request); while (!flag) MPI_Test(&request, &flag, &status)
#define PROBED MPI_Probe(from, MPI_ANY_TAG, WORLD, &status), MPI_Recv(&got, 1, MPI_INT, from, status.MPI_TAG, WORLD, IGNORE)
#define MATCHED MPI_Mprobe(from, 0, WORLD, &message, IGNORE), MPI_Mrecv(&got, 1, MPI_INT, &message, &status)
PAIR(send_and_recv, SEND, RECV)
PAIR(send_and_recv_from_any, SEND, RECV_ANY)
PAIR(send_and_irecv, SEND, IRECV)
PAIR(send_and_irecv_tested, SEND, IRECV_TEST)
PAIR(send_and_probe, SEND, PROBED)
PAIR(send_and_mprobe, SEND, MATCHED)
PAIR(ssend_and_recv, SSEND, RECV)
PAIR(ssend_and_recv_from_any, SSEND, RECV_ANY)
PAIR(ssend_and_irecv, SSEND, IRECV)
PAIR(ssend_and_irecv_tested, SSEND, IRECV_TEST)
PAIR(ssend_and_probe, SSEND, PROBED)
PAIR(ssend_and_mprobe, SSEND, MATCHED)
PAIR(isend_and_recv, ISEND, RECV)
PAIR(isend_and_recv_from_any, ISEND, RECV_ANY)
PAIR(isend_and_irecv, ISEND, IRECV)
PAIR(isend_and_irecv_tested, ISEND, IRECV_TEST)
PAIR(isend_and_probe, ISEND, PROBED)
PAIR(isend_and_mprobe, ISEND, MATCHED)
PAIR(issend_and_recv, ISSEND, RECV)
PAIR(issend_and_recv_from_any, ISSEND, RECV_ANY)
PAIR(issend_and_irecv, ISSEND, IRECV)
PAIR(issend_and_irecv_tested, ISSEND, IRECV_TEST)
PAIR(issend_and_probe, ISSEND, PROBED)
PAIR(issend_and_mprobe, ISSEND, MATCHED)

#define COLLECTIVE(name, type, Element, call)                                                                       \
  RIGHT(name) {                                                                                                     \
    const auto n = static_cast<std::size_t>(3 * size);                                                              \
    std::vector<Element> a(n, static_cast<Element>(1)), b(n);                                                       \
    const MPI_Datatype kind = type;                                                                                 \
    call;                                                                                                           \
  }
COLLECTIVE(broadcast_of_longs, MPI_LONG, long, MPI_Bcast(a.data(), 3, kind, size - 1, WORLD))
COLLECTIVE(broadcast_of_characters, MPI_CHAR, char, MPI_Bcast(a.data(), 3, kind, 0, WORLD))
COLLECTIVE(gather_of_floats, MPI_FLOAT, float, MPI_Gather(a.data(), 3, kind, b.data(), 3, kind, size - 1, WORLD))
COLLECTIVE(scatter_of_floats, MPI_FLOAT, float, MPI_Scatter(a.data(), 3, kind, b.data(), 3, kind, size - 1, WORLD))
COLLECTIVE(allgather_of_doubles, MPI_DOUBLE, double, MPI_Allgather(a.data(), 3, kind, b.data(), 3, kind, WORLD))
COLLECTIVE(alltoall_of_doubles, MPI_DOUBLE, double, MPI_Alltoall(a.data(), 3, kind, b.data(), 3, kind, WORLD))
COLLECTIVE(sum_of_doubles, MPI_DOUBLE, double, MPI_Allreduce(a.data(), b.data(), 3, kind, MPI_SUM, WORLD); REQUIRE(b[2] == size))
COLLECTIVE(product_of_floats, MPI_FLOAT, float, MPI_Reduce(a.data(), b.data(), 3, kind, MPI_PROD, 0, WORLD))
COLLECTIVE(largest_of_longs, MPI_LONG, long, MPI_Allreduce(a.data(), b.data(), 3, kind, MPI_MAX, WORLD); REQUIRE(b[0] == 1))
COLLECTIVE(smallest_of_shorts, MPI_SHORT, short, MPI_Allreduce(a.data(), b.data(), 3, kind, MPI_MIN, WORLD))
COLLECTIVE(bits_of_unsigned, MPI_UNSIGNED, unsigned, MPI_Allreduce(a.data(), b.data(), 3, kind, MPI_BXOR, WORLD))
COLLECTIVE(prefix_of_doubles, MPI_DOUBLE, double, MPI_Scan(a.data(), b.data(), 3, kind, MPI_SUM, WORLD); REQUIRE(b[1] == rank + 1))
COLLECTIVE(exclusive_prefix_of_longs, MPI_LONG, long, MPI_Exscan(a.data(), b.data(), 3, kind, MPI_SUM, WORLD))
COLLECTIVE(blocks_of_sums, MPI_DOUBLE, double, MPI_Reduce_scatter_block(a.data(), b.data(), 3, kind, MPI_SUM, WORLD); REQUIRE(b[2] == size))
COLLECTIVE(sum_in_place, MPI_INT, int, MPI_Allreduce(MPI_IN_PLACE, a.data(), 3, kind, MPI_SUM, WORLD); REQUIRE(a[0] == size))
COLLECTIVE(exclusive_prefix_in_place, MPI_INT, int, MPI_Exscan(MPI_IN_PLACE, a.data(), 3, kind, MPI_SUM, WORLD))
COLLECTIVE(blocks_of_sums_in_place, MPI_INT, int, MPI_Reduce_scatter_block(MPI_IN_PLACE, a.data(), 3, kind, MPI_SUM, WORLD))
COLLECTIVE(scatter_in_place, MPI_INT, int,
           if (rank == 0) MPI_Scatter(a.data(), 3, kind, MPI_IN_PLACE, 0, kind, 0, WORLD); else MPI_Scatter(nullptr, 0, kind, b.data(), 3, kind, 0, WORLD))
COLLECTIVE(a_collective_on_itself_alone, MPI_INT, int, MPI_Allreduce(a.data(), b.data(), 3, kind, MPI_SUM, MPI_COMM_SELF); REQUIRE(b[0] == 1))
