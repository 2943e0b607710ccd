// Right and wrong pieces of work over several ranks; mpi_test.cpp launches them by name.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/inside/testkit/listener.hpp"
#include "harness/inside/testkit/mpi.hpp"

namespace {

using lockstep::testkit::MpiCase;

int next(const MpiCase& at) { return (at.rank + 1) % at.size; }
int previous(const MpiCase& at) { return (at.rank + at.size - 1) % at.size; }

std::vector<double> filled(std::size_t count, double value) { return std::vector<double>(count, value); }

// ---- right

MPI_TEST(Right, RingBySendrecvInAllSizes) {
  for (const std::size_t count : {0, 1, 511, 512, 100'000}) {
    const auto mine = filled(count, at.rank);
    auto theirs = filled(count, -1);
    MPI_Status status;
    MPI_Sendrecv(mine.data(), static_cast<int>(count), MPI_DOUBLE, next(at), 3, theirs.data(), static_cast<int>(count), MPI_DOUBLE, previous(at),
                 3, at.comm, &status);
    int received = -1;
    MPI_Get_count(&status, MPI_DOUBLE, &received);
    EXPECT_EQ(received, static_cast<int>(count));
    EXPECT_EQ(status.MPI_SOURCE, previous(at));
    EXPECT_EQ(status.MPI_TAG, 3);
    EXPECT_EQ(theirs, filled(count, previous(at)));
  }
}

MPI_TEST(Right, ReplaceAndProcNull) {
  std::vector<int> data(300'000, at.rank);
  MPI_Sendrecv_replace(data.data(), 300'000, MPI_INT, next(at), 0, previous(at), 0, at.comm, MPI_STATUS_IGNORE);
  EXPECT_EQ(data, std::vector<int>(300'000, previous(at)));
  MPI_Status status;
  int value = 5;
  MPI_Recv(&value, 1, MPI_INT, MPI_PROC_NULL, 0, at.comm, &status);
  EXPECT_EQ(status.MPI_SOURCE, MPI_PROC_NULL);
  MPI_Send(&value, 1, MPI_INT, MPI_PROC_NULL, 0, at.comm);
  EXPECT_EQ(value, 5);
}

MPI_TEST(Right, PairsByEveryKindOfSendAndReceive) {
  if (at.size < 2) return;
  const std::vector<int> sizes{1, 2'000};
  if (at.rank == 0) {
    for (const int size : sizes) {
      const std::vector<int> data(static_cast<std::size_t>(size), 7);
      MPI_Send(data.data(), size, MPI_INT, 1, 1, at.comm);
      MPI_Ssend(data.data(), size, MPI_INT, 1, 2, at.comm);
      MPI_Request requests[2];
      MPI_Isend(data.data(), size, MPI_INT, 1, 3, at.comm, &requests[0]);
      MPI_Issend(data.data(), size, MPI_INT, 1, 4, at.comm, &requests[1]);
      MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
      EXPECT_EQ(requests[0], MPI_REQUEST_NULL);
    }
  } else if (at.rank == 1) {
    for (const int size : sizes) {
      std::vector<int> data(static_cast<std::size_t>(size));
      MPI_Status status;
      int count = 0;
      MPI_Probe(MPI_ANY_SOURCE, 1, at.comm, &status);
      MPI_Get_count(&status, MPI_INT, &count);
      EXPECT_EQ(count, size);
      MPI_Recv(data.data(), size, MPI_INT, status.MPI_SOURCE, 1, at.comm, MPI_STATUS_IGNORE);
      MPI_Message message;
      MPI_Mprobe(0, 2, at.comm, &message, &status);
      MPI_Mrecv(data.data(), size, MPI_INT, &message, &status);
      MPI_Request requests[2];
      std::vector<int> more(static_cast<std::size_t>(size));
      MPI_Irecv(data.data(), size, MPI_INT, 0, 3, at.comm, &requests[0]);
      MPI_Irecv(more.data(), size, MPI_INT, 0, 4, at.comm, &requests[1]);
      int index = -1, done = 0, indices[2];
      MPI_Waitany(2, requests, &index, &status);
      EXPECT_TRUE(index == 0 || index == 1);
      MPI_Waitsome(2, requests, &done, indices, MPI_STATUSES_IGNORE);
      EXPECT_EQ(done, 1);
      MPI_Waitsome(2, requests, &done, indices, MPI_STATUSES_IGNORE);
      EXPECT_EQ(done, MPI_UNDEFINED);
      MPI_Waitany(2, requests, &index, &status);
      EXPECT_EQ(index, MPI_UNDEFINED);
      EXPECT_EQ(data, std::vector<int>(static_cast<std::size_t>(size), 7));
      EXPECT_EQ(more, data);
    }
  }
}

MPI_TEST(Right, EveryCollective) {
  const int size = at.size, rank = at.rank, root = size - 1;
  const std::size_t n = static_cast<std::size_t>(size);
  std::vector<int> all(n), ranks(n), ones(n, 1), places(n);
  std::iota(ranks.begin(), ranks.end(), 0);
  std::iota(places.begin(), places.end(), 0);
  MPI_Barrier(at.comm);
  int value = rank == root ? 42 : 0;
  MPI_Bcast(&value, 1, MPI_INT, root, at.comm);
  EXPECT_EQ(value, 42);
  MPI_Gather(&rank, 1, MPI_INT, all.data(), 1, MPI_INT, root, at.comm);
  if (rank == root) {
    EXPECT_EQ(all, ranks);
  }
  MPI_Gatherv(&rank, 1, MPI_INT, all.data(), ones.data(), places.data(), MPI_INT, root, at.comm);
  if (rank == root) {
    EXPECT_EQ(all, ranks);
  }
  MPI_Scatter(ranks.data(), 1, MPI_INT, &value, 1, MPI_INT, root, at.comm);
  EXPECT_EQ(value, rank);
  MPI_Scatterv(ranks.data(), ones.data(), places.data(), MPI_INT, &value, 1, MPI_INT, root, at.comm);
  EXPECT_EQ(value, rank);
  std::fill(all.begin(), all.end(), -1);
  MPI_Allgather(&rank, 1, MPI_INT, all.data(), 1, MPI_INT, at.comm);
  EXPECT_EQ(all, ranks);
  std::fill(all.begin(), all.end(), rank);
  MPI_Allgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all.data(), 1, MPI_INT, at.comm);
  EXPECT_EQ(all, ranks);
  MPI_Allgatherv(&rank, 1, MPI_INT, all.data(), ones.data(), places.data(), MPI_INT, at.comm);
  EXPECT_EQ(all, ranks);
  std::vector<int> mine(n, rank);
  MPI_Alltoall(mine.data(), 1, MPI_INT, all.data(), 1, MPI_INT, at.comm);
  EXPECT_EQ(all, ranks);
  all = mine;
  MPI_Alltoall(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all.data(), 1, MPI_INT, at.comm);
  EXPECT_EQ(all, ranks);
  MPI_Alltoallv(mine.data(), ones.data(), places.data(), MPI_INT, all.data(), ones.data(), places.data(), MPI_INT, at.comm);
  EXPECT_EQ(all, ranks);
  const int sum = size * (size - 1) / 2;
  int result = -1;
  MPI_Reduce(&rank, &result, 1, MPI_INT, MPI_SUM, root, at.comm);
  if (rank == root) {
    EXPECT_EQ(result, sum);
  }
  result = rank;
  if (rank == root)
    MPI_Reduce(MPI_IN_PLACE, &result, 1, MPI_INT, MPI_SUM, root, at.comm);
  else
    MPI_Reduce(&result, nullptr, 1, MPI_INT, MPI_SUM, root, at.comm);
  if (rank == root) {
    EXPECT_EQ(result, sum);
  }
  MPI_Allreduce(&rank, &result, 1, MPI_INT, MPI_MAX, at.comm);
  EXPECT_EQ(result, size - 1);
  result = rank;
  MPI_Allreduce(MPI_IN_PLACE, &result, 1, MPI_INT, MPI_SUM, at.comm);
  EXPECT_EQ(result, sum);
  MPI_Scan(&rank, &result, 1, MPI_INT, MPI_SUM, at.comm);
  EXPECT_EQ(result, rank * (rank + 1) / 2);
  MPI_Exscan(&rank, &result, 1, MPI_INT, MPI_SUM, at.comm);
  if (rank > 0) {
    EXPECT_EQ(result, rank * (rank - 1) / 2);
  }
  MPI_Reduce_scatter_block(ranks.data(), &result, 1, MPI_INT, MPI_SUM, at.comm);
  EXPECT_EQ(result, rank * size);
  MPI_Reduce_scatter(ranks.data(), &result, ones.data(), MPI_INT, MPI_SUM, at.comm);
  EXPECT_EQ(result, rank * size);
}

MPI_TEST(Right, LargeCollectives) {
  std::vector<double> data(200'000, at.rank), sum(data.size());
  MPI_Allreduce(data.data(), sum.data(), static_cast<int>(data.size()), MPI_DOUBLE, MPI_SUM, at.comm);
  EXPECT_EQ(sum, filled(data.size(), at.size * (at.size - 1) / 2));
  MPI_Bcast(data.data(), static_cast<int>(data.size()), MPI_DOUBLE, 0, at.comm);
  EXPECT_EQ(data, filled(data.size(), 0));
}

MPI_TEST(Right, CommunicatorsOfItsOwn) {
  MPI_Comm half = MPI_COMM_NULL, copy = MPI_COMM_NULL;
  MPI_Comm_split(at.comm, at.rank % 2, -at.rank, &half);
  MPI_Comm_dup(half, &copy);
  int size = 0, sum = 0;
  MPI_Comm_size(copy, &size);
  MPI_Allreduce(&at.rank, &sum, 1, MPI_INT, MPI_SUM, copy);
  int expected = 0;
  for (int rank = at.rank % 2; rank < at.size; rank += 2) expected += rank;
  EXPECT_EQ(sum, expected);
  MPI_Comm_free(&copy);
  MPI_Comm_free(&half);
}

// Rank 0 computes for long while the others wait: that is no hang.
MPI_TEST(Right, OthersWaitForOneThatComputes) {
  if (at.rank == 0) {
    timespec start, now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    do clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    while ((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1'000'000 < 30);
  }
  MPI_Barrier(at.comm);
}

MPI_TEST(Right, LateReceiverGetsEverything) {
  if (at.rank == 0) {
    lockstep::testkit::let_others_go_first(at);
    for (int rank = at.size - 1; rank > 0; --rank) {
      int value = -1;
      int flag = 0;
      MPI_Iprobe(rank, 0, at.comm, &flag, MPI_STATUS_IGNORE);
      MPI_Iprobe(rank, 0, at.comm, &flag, MPI_STATUS_IGNORE);
      EXPECT_TRUE(flag) << "the message of rank " << rank << " is there before it is asked for";
      MPI_Recv(&value, 1, MPI_INT, rank, 0, at.comm, MPI_STATUS_IGNORE);
      EXPECT_EQ(value, rank);
    }
  } else {
    MPI_Send(&at.rank, 1, MPI_INT, 0, 0, at.comm);
  }
}

MPI_TEST(Right, MessagesArriveInFallingOrder) {
  lockstep::testkit::arrive_in_reverse(at);
  if (at.rank == 0) {
    for (int rank = at.size - 1; rank > 0; --rank) {
      int value = -1;
      MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, 0, at.comm, MPI_STATUS_IGNORE);
      EXPECT_EQ(value, rank);
    }
  } else {
    MPI_Send(&at.rank, 1, MPI_INT, 0, 0, at.comm);
  }
}

MPI_TEST(Right, ErrorsThatTheStudentHandlesAreItsOwn) {
  MPI_Comm_set_errhandler(at.comm, MPI_ERRORS_RETURN);
  int value = 0;
  EXPECT_NE(MPI_Send(&value, 1, MPI_INT, at.size, 0, at.comm), MPI_SUCCESS);
}

// ---- wrong

MPI_TEST(Wrong, EverybodyReceivesFirst) {
  int value = 0;
  if (at.size == 3) MPI_Recv(&value, 1, MPI_INT, next(at), 7, at.comm, MPI_STATUS_IGNORE);
}

MPI_TEST(Wrong, LargeSendsHeadToHead) {
  if (at.size < 2) return;
  std::vector<double> mine(1'000'000, 1), theirs(1'000'000);
  MPI_Send(mine.data(), 1'000'000, MPI_DOUBLE, next(at), 0, at.comm);
  MPI_Recv(theirs.data(), 1'000'000, MPI_DOUBLE, previous(at), 0, at.comm, MPI_STATUS_IGNORE);
}

MPI_TEST(Wrong, OneRankForgetsTheBarrier) {
  if (at.size < 4 || at.rank != 2) MPI_Barrier(at.comm);
}

MPI_TEST(Wrong, OneRankForgetsToSplit) {
  MPI_Comm made = MPI_COMM_NULL;
  if (at.size < 2 || at.rank != 1) MPI_Comm_split(at.comm, 0, 0, &made);
  if (made != MPI_COMM_NULL) MPI_Comm_free(&made);
}

MPI_TEST(Wrong, WaitsForAMessageThatNobodySends) {
  int value = 0;
  MPI_Request request;
  MPI_Irecv(&value, 1, MPI_INT, MPI_ANY_SOURCE, 9, at.comm, &request);
  MPI_Waitall(1, &request, MPI_STATUSES_IGNORE);
}

MPI_TEST(Wrong, OneRankThrowsAndOthersWait) {
  if (at.size == 4 && at.rank == 3) throw std::runtime_error("three is too much");
  MPI_Barrier(at.comm);
}

MPI_TEST(Wrong, OneRankFailsFatallyAndOthersWait) {
  if (at.size == 2 && at.rank == 1) {
    ASSERT_EQ(1, 2) << "rank one gives up";
  }
  MPI_Barrier(at.comm);
}

MPI_TEST(Wrong, OneRankFailsAnExpectation) {
  EXPECT_FALSE(at.size == 3 && at.rank == 2) << "two of three";
  MPI_Barrier(at.comm);
}

MPI_TEST(Wrong, ReceivesTooLittle) {
  int values[4] = {};
  if (at.size < 2) return;
  if (at.rank == 0) MPI_Send(values, 4, MPI_INT, 1, 0, at.comm);
  if (at.rank == 1) MPI_Recv(values, 1, MPI_INT, 0, 0, at.comm, MPI_STATUS_IGNORE);
  MPI_Barrier(at.comm);
}

MPI_TEST(Wrong, LeavesAMessage) {
  const int value = 0;
  std::vector<char> room(MPI_BSEND_OVERHEAD + 64);
  if (at.size != 2 || at.rank != 0) return;
  MPI_Buffer_attach(room.data(), static_cast<int>(room.size()));
  MPI_Bsend(&value, 1, MPI_INT, 1, 77, at.comm);
  void* detached = nullptr;
  int size = 0;
  MPI_Buffer_detach(&detached, &size);
}

MPI_TEST(Wrong, SendsWhatNobodyReceives) {
  const int value = 0;
  if (at.size == 2 && at.rank == 0) MPI_Send(&value, 1, MPI_INT, 1, 77, at.comm);
}

MPI_TEST(Wrong, ReceivesAnotherTag) {
  int value = 0;
  if (at.size != 2) return;
  if (at.rank == 0) MPI_Send(&value, 1, MPI_INT, 1, 8, at.comm);
  if (at.rank == 1) MPI_Recv(&value, 1, MPI_INT, 0, 7, at.comm, MPI_STATUS_IGNORE);
}

MPI_TEST(Wrong, ChangesWhatItIsSending) {
  int value = 0;
  MPI_Request request = MPI_REQUEST_NULL;
  if (at.size != 2) return;
  if (at.rank == 0) {
    MPI_Isend(&value, 1, MPI_INT, 1, 0, at.comm, &request);
    value = 1;
    MPI_Wait(&request, MPI_STATUS_IGNORE);
  } else {
    MPI_Recv(&value, 1, MPI_INT, 0, 0, at.comm, MPI_STATUS_IGNORE);
    EXPECT_EQ(value, 0);
  }
}

MPI_TEST(Wrong, OneRankCrashes) {
  if (at.size == 3 && at.rank == 1) {
    volatile int* nowhere = nullptr;
    *nowhere = 1;
  }
  MPI_Barrier(at.comm);
}

MPI_TEST(Wrong, IsNotImplementedYet) { throw std::logic_error("not implemented yet: greeting"); }

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  testing::UnitTest::GetInstance()->listeners().Append(new lockstep::testkit::Listener);
  return RUN_ALL_TESTS();
}
