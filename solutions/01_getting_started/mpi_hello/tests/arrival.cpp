// Messages arrive when they arrive: here long before anybody receives them, and not in the order of the ranks.
#include "harness/inside/testkit/mpi.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "mpi_hello.hpp"

namespace {

std::vector<std::string> expected_on(int rank, int size) {
  std::vector<std::string> all;
  for (int other = 0; rank == 0 && other < size; ++other)
    all.push_back("Hello from rank " + std::to_string(other) + " of " + std::to_string(size));
  return all;
}

}  // namespace

MPI_TEST(Arrival, BeforeTheReceiverIsThere) {
  if (at.rank == 0) lockstep::testkit::let_others_go_first(at);
  EXPECT_EQ(pdc::collect_greetings(at.comm), expected_on(at.rank, at.size));
}

MPI_TEST(Arrival, FromTheHighestRankFirst) {
  lockstep::testkit::arrive_in_reverse(at);
  EXPECT_EQ(pdc::collect_greetings(at.comm), expected_on(at.rank, at.size));
}

MPI_TEST(Arrival, RecordsWaitForTheirReceiver) {
  if (at.rank == 1) lockstep::testkit::let_others_go_first(at);
  const pdc::Record zeros{{"from", "rank 0"}, {"long", std::string(5000, 'l')}};
  EXPECT_EQ(pdc::forward_record(at.rank == 0 ? zeros : pdc::Record{}, at.comm), at.rank == 1 ? zeros : pdc::Record{});
}

MPI_TEST(Arrival, BothFunctionsMayFollowEachOther) {
  const pdc::Record zeros{{"from", "rank 0"}};
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(pdc::forward_record(at.rank == 0 ? zeros : pdc::Record{}, at.comm), at.rank == 1 ? zeros : pdc::Record{});
    EXPECT_EQ(pdc::collect_greetings(at.comm), expected_on(at.rank, at.size));
  }
}
