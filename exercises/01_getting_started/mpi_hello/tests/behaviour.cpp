#include "harness/inside/testkit/mpi.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "mpi_hello.hpp"

namespace {

std::string hello(int rank, int size) { return "Hello from rank " + std::to_string(rank) + " of " + std::to_string(size); }

std::vector<std::string> expected_on(int rank, int size) {
  std::vector<std::string> all;
  for (int other = 0; rank == 0 && other < size; ++other) all.push_back(hello(other, size));
  return all;
}

pdc::Record record_of(int rank) {
  return {{"name", "rank " + std::to_string(rank)},
          {"empty", ""},
          {"", "a value without a key"},
          {std::string("a\0b", 3), std::string("\0\n\0", 3)}};
}

}  // namespace

MPI_TEST(Greeting, NamesRankAndSize) { EXPECT_EQ(pdc::greeting(at.comm), hello(at.rank, at.size)); }

MPI_TEST(Collect, RankZeroGetsAllInRankOrder) { EXPECT_EQ(pdc::collect_greetings(at.comm), expected_on(at.rank, at.size)); }

MPI_TEST(Collect, WorksAgainAndAgain) {
  for (int time = 0; time < 3; ++time) EXPECT_EQ(pdc::collect_greetings(at.comm), expected_on(at.rank, at.size));
}

MPI_TEST(Forward, RankOneGetsTheRecordOfRankZero) {
  EXPECT_EQ(pdc::forward_record(record_of(at.rank), at.comm), at.rank == 1 ? record_of(0) : pdc::Record{});
}

MPI_TEST(Forward, AnEmptyRecordIsARecord) { EXPECT_EQ(pdc::forward_record({}, at.comm), pdc::Record{}); }

MPI_TEST(Forward, RecordsMayBeLarge) {
  const pdc::Record large{{"text", std::string(100'000, 'x')}, {std::string(100'000, 'k'), std::string("\0", 1)}};
  const pdc::Record received = pdc::forward_record(at.rank == 0 ? large : pdc::Record{{"mine", "small"}}, at.comm);
  EXPECT_TRUE(received == (at.rank == 1 ? large : pdc::Record{})) << "received " << received.size() << " entries";
}

MPI_TEST(Forward, RecordsKeepTheirOrder) {
  for (int time = 0; time < 3; ++time) {
    const pdc::Record mine{
        {"time", std::to_string(time)}, {"rank", std::to_string(at.rank)}, {"pad", std::string(static_cast<std::size_t>(3 - time) * 50, '.')}};
    pdc::Record zeros = mine;
    zeros["rank"] = "0";
    EXPECT_EQ(pdc::forward_record(mine, at.comm), at.rank == 1 ? zeros : pdc::Record{});
  }
}
