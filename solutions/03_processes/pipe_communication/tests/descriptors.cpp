// Who holds which end of which pipe, in a pipeline long enough for an inherited end to matter.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "harness/inside/testkit/testkit.hpp"
#include "pipeline.hpp"

namespace {

constexpr std::size_t length = 5;

struct Held {
  std::array<long, length> beyond_the_callers;  // descriptors of a stage that the caller did not have before
  std::array<pid_t, length> process;            // in which it ran
};

}  // namespace

TEST(Descriptors, AStageHoldsItsTwoEndsAndNothingElse) {
  auto* held = static_cast<Held*>(mmap(nullptr, sizeof(Held), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(held, MAP_FAILED);
  held->beyond_the_callers.fill(-1);
  const std::set<int> before = lockstep::testkit::open_descriptors();
  std::vector<pdc::Stage> stages;
  for (std::size_t s = 0; s < length; ++s)
    stages.push_back([&before, held, s](std::int64_t x) {
      held->process[s] = getpid();
      const std::set<int> now = lockstep::testkit::open_descriptors();
      held->beyond_the_callers[s] = std::count_if(now.begin(), now.end(), [&before](int fd) { return !before.contains(fd); });
      return x;
    });
  pdc::run_pipeline({1, 2, 3}, stages);
  std::set<pid_t> processes{getpid()};
  processes.insert(held->process.begin(), held->process.end());
  EXPECT_EQ(processes.size(), length + 1) << "the caller and each stage must be processes of their own";
  for (std::size_t s = 0; s < length; ++s) {
    EXPECT_NE(held->beyond_the_callers[s], -1) << "stage " << s << " saw no item";
    EXPECT_LE(held->beyond_the_callers[s], 2) << "stage " << s << " holds more than the two ends it works with";
  }
  munmap(held, sizeof(Held));
}

TEST(Descriptors, LongPipelinesSeeTheEnd) {
  std::vector<std::int64_t> items(1000);
  std::iota(items.begin(), items.end(), std::int64_t{-500});
  for (std::size_t count = 1; count <= 6; ++count) {
    std::vector<std::int64_t> expected = items;
    for (std::int64_t& item : expected) item += static_cast<std::int64_t>(count);
    EXPECT_EQ(pdc::run_pipeline(items, std::vector<pdc::Stage>(count, [](std::int64_t x) { return x + 1; })), expected);
  }
}

TEST(Descriptors, LongPipelinesWithoutItemsSeeTheEnd) {
  EXPECT_EQ(pdc::run_pipeline({}, std::vector<pdc::Stage>(length, [](std::int64_t x) { return x; })), std::vector<std::int64_t>{});
}

TEST(Descriptors, TheCallerHasNoneLeft) {
  const std::set<int> before = lockstep::testkit::open_descriptors();
  std::vector<pdc::Stage> stages(length, [](std::int64_t x) { return x; });
  pdc::run_pipeline({1, 2, 3}, stages);
  // It throws after everything has been written, so that nobody writes to a stage that is gone: that is another check's matter.
  stages.back() = [](std::int64_t x) { return x == 3 ? throw 1 : x; };
  EXPECT_THROW(pdc::run_pipeline({1, 2, 3}, stages), pdc::StageFailed);
  EXPECT_EQ(lockstep::testkit::open_descriptors(), before);
}
