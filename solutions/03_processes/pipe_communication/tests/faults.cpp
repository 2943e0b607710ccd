// What a kernel may do on any day: short transfers, interrupted calls, a fork that fails; and two stages that fail at once.
#include <semaphore.h>
#include <sys/mman.h>
#include <unistd.h>

#include <climits>
#include <numeric>

#include "harness/inside/testkit/testkit.hpp"
#include "pipeline.hpp"

namespace {

using Items = std::vector<std::int64_t>;

// Writes of at most PIPE_BUF bytes stay whole, as POSIX promises; everything else may be cut anywhere.
lockstep::testkit::IoFaults faults(std::size_t max_chunk, unsigned eintr_every) {
  lockstep::testkit::IoFaults result;
  result.max_chunk = max_chunk;
  result.eintr_every = eintr_every;
  result.atomic_below = PIPE_BUF;
  return result;
}

void expect_right_results(std::size_t count) {
  Items items(count);
  std::iota(items.begin(), items.end(), std::int64_t{0x0123456789abcdef});
  Items expected = items;
  for (std::int64_t& item : expected) item = (item ^ 0x5555) - 1;
  EXPECT_EQ(pdc::run_pipeline(items, {[](std::int64_t x) { return x ^ 0x5555; }, [](std::int64_t x) { return x - 1; }}), expected);
}

}  // namespace

TEST(Faults, ReadsMayDeliverOneByte) {
  const lockstep::testkit::InjectIoFaults injected(faults(1, 0));
  expect_right_results(50);
}

TEST(Faults, ReadsMayEndInsideAnItem) {
  for (std::size_t chunk : {3, 7, 13}) {
    const lockstep::testkit::InjectIoFaults injected(faults(chunk, 0));
    expect_right_results(100);
  }
}

TEST(Faults, CallsMayBeInterrupted) {
  for (unsigned every : {2u, 3u, 5u}) {
    const lockstep::testkit::InjectIoFaults injected(faults(0, every));
    expect_right_results(100);
  }
}

TEST(Faults, BothMayComeTogether) {
  const lockstep::testkit::InjectIoFaults injected(faults(5, 3));
  expect_right_results(2000);
}

TEST(Faults, AForkThatFailsIsReportedAndLeavesNothing) {
  const pdc::Stage stage = [](std::int64_t x) { return x; };
  EXPECT_EQ(pdc::run_pipeline({1, 2, 3}, {stage, stage, stage}), (Items{1, 2, 3}));
  for (int nth : {1, 2, 3}) {
    const lockstep::testkit::FailForkAt failing(nth);
    EXPECT_THROW(pdc::run_pipeline({1, 2, 3}, {stage, stage, stage}), std::exception) << "fork number " << nth << " failed";
    EXPECT_TRUE(lockstep::testkit::living_children().empty());
  }
}

TEST(Faults, OfTwoFailedStagesTheLowerIsNamed) {
  // The second stage, if it sees an item at all, fails only once the first has come to the item at which it fails too.
  auto* first_fails = static_cast<sem_t*>(mmap(nullptr, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(first_fails, MAP_FAILED);
  ASSERT_EQ(sem_init(first_fails, 1, 0), 0);
  const pdc::Stage first = [first_fails](std::int64_t x) {
    if (x < 3) return x;
    sem_post(first_fails);
    throw std::runtime_error("three");
  };
  const pdc::Stage second = [first_fails](std::int64_t) -> std::int64_t {
    while (sem_wait(first_fails) != 0) continue;
    _exit(3);
  };
  try {
    pdc::run_pipeline({0, 1, 2, 3}, {first, second});
    ADD_FAILURE() << "two stages failed, and no StageFailed came";
  } catch (const pdc::StageFailed& failed) {
    EXPECT_EQ(failed.stage, 0u);
  }
  sem_destroy(first_fails);
  munmap(first_fails, sizeof(sem_t));
}
