// Messages that are none of the submission's business wait while it delivers.
#include "harness/inside/testkit/mpi.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "p2p.hpp"

MPI_TEST(Pending, MessagesWithOtherTagsStay) {
  if (at.size < 2) return;
  lockstep::testkit::expect_no_wildcards();
  const int last = at.size - 1;
  const std::vector<double> decoys{-1, -2};
  MPI_Request requests[2] = {MPI_REQUEST_NULL, MPI_REQUEST_NULL};
  if (at.rank == 0)
    for (int tag = 0; tag < 2; ++tag) MPI_Isend(decoys.data(), 2, MPI_DOUBLE, last, tag, at.comm, &requests[tag]);
  const std::vector<double> got = pdc::deliver({4, 5, 6}, 0, last, 7, at.comm);
  EXPECT_EQ(got, at.rank == last ? std::vector<double>({4, 5, 6}) : std::vector<double>{});
  if (at.rank == last)
    for (int tag = 0; tag < 2; ++tag) {
      int count = 0;
      MPI_Status status;
      std::vector<double> decoy(100);  // room for whatever is there
      MPI_Recv(decoy.data(), 100, MPI_DOUBLE, 0, tag, at.comm, &status);
      MPI_Get_count(&status, MPI_DOUBLE, &count);
      decoy.resize(static_cast<std::size_t>(count));
      EXPECT_EQ(decoy, decoys);
    }
  MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
}

MPI_TEST(Pending, ManySendersOneReceiver) {
  lockstep::testkit::expect_no_wildcards();
  for (int src = at.size - 1; src >= 0; --src) {
    const std::vector<double> mine(static_cast<std::size_t>(at.rank) + 1, at.rank);
    const std::vector<double> got = pdc::deliver(mine, src, 0, 3, at.comm);
    EXPECT_EQ(got, at.rank == 0 ? std::vector<double>(static_cast<std::size_t>(src) + 1, src) : std::vector<double>{});
  }
}

MPI_TEST(Pending, ALateReceiver) {
  if (at.rank == at.size - 1) lockstep::testkit::let_others_go_first(at);
  for (int time = 0; time < 3; ++time) {
    const std::vector<double> got = pdc::deliver({1.0 * time}, 0, at.size - 1, 7, at.comm);
    EXPECT_EQ(got, at.rank == at.size - 1 ? std::vector<double>({1.0 * time}) : std::vector<double>{});
  }
}
