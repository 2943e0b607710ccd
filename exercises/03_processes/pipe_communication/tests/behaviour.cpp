#include <semaphore.h>
#include <sys/mman.h>

#include <csignal>
#include <limits>
#include <numeric>

#include "harness/inside/testkit/testkit.hpp"
#include "pipeline.hpp"

namespace {

using Items = std::vector<std::int64_t>;

Items numbers(std::size_t count) {
  Items items(count);
  std::iota(items.begin(), items.end(), std::int64_t{0});
  return items;
}

// A value in memory that the stages, wherever they run, share with the test.
template <class T>
class Shared {
 public:
  Shared() : value_(static_cast<T*>(mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))) { new (value_) T{}; }
  ~Shared() { munmap(value_, sizeof(T)); }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  T* get() const { return value_; }

 private:
  T* value_;
};

// More than pipes and buffers of a sane size can hold: 2.4 MB.
constexpr std::size_t many = 300'000;

// The number of the stage that run_pipeline blames, or -1 if it returns.
long blamed_stage(const Items& items, const std::vector<pdc::Stage>& stages) {
  try {
    pdc::run_pipeline(items, stages);
  } catch (const pdc::StageFailed& failed) {
    return static_cast<long>(failed.stage);
  }
  return -1;
}

}  // namespace

TEST(InOrder, EveryItemPassesEveryStageInTurn) {
  Items expected;
  for (std::int64_t item : numbers(1000)) expected.push_back((item + 3) * 2 - 7);
  EXPECT_EQ(pdc::run_pipeline(numbers(1000), {[](std::int64_t x) { return x + 3; }, [](std::int64_t x) { return x * 2; },
                                              [](std::int64_t x) { return x - 7; }}),
            expected);
}

TEST(InOrder, AStageSeesItsItemsOneAfterTheOther) {
  const pdc::Stage numbered = [calls = std::int64_t{0}](std::int64_t x) mutable { return x * 1000 + calls++; };
  EXPECT_EQ(pdc::run_pipeline({7, 5, 9, 5}, {numbered, [](std::int64_t x) { return x; }}), (Items{7000, 5001, 9002, 5003}));
}

TEST(InOrder, NoValueIsSpecial) {
  const std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  const std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  const Items items{4, -1, 0, lowest, highest, -1, 0, 5};
  EXPECT_EQ(pdc::run_pipeline(items, {[](std::int64_t x) { return ~x; }, [](std::int64_t x) { return ~x; }}), items);
}

TEST(InOrder, WithoutStagesTheItemsComeBack) { EXPECT_EQ(pdc::run_pipeline({3, 1, 2}, {}), (Items{3, 1, 2})); }

TEST(InOrder, WithoutItemsNothingComesBack) {
  const pdc::Stage stage = [](std::int64_t x) { return x; };
  EXPECT_EQ(pdc::run_pipeline({}, {stage, stage, stage}), Items{});
  EXPECT_EQ(pdc::run_pipeline({}, {}), Items{});
}

TEST(Volume, AMillionItemsPassOneStage) {
  const Items result = pdc::run_pipeline(numbers(1'000'000), {[](std::int64_t x) { return x + 1; }});
  ASSERT_EQ(result.size(), 1'000'000u);
  for (std::size_t i = 0; i < result.size(); ++i) ASSERT_EQ(result[i], static_cast<std::int64_t>(i) + 1);
}

TEST(Volume, ManyItemsPassTwoStages) {
  const pdc::Stage stage = [](std::int64_t x) { return x + 1; };
  const Items result = pdc::run_pipeline(numbers(many), {stage, stage});
  ASSERT_EQ(result.size(), many);
  for (std::size_t i = 0; i < result.size(); ++i) ASSERT_EQ(result[i], static_cast<std::int64_t>(i) + 2);
}

TEST(Overlap, TheSecondStageWorksWhileTheFirstStillReceives) {
  // No pipe holds this many items: long before the first stage gets its last one, the second must have got its first. So this wait ends.
  const Shared<sem_t> second_works;
  ASSERT_EQ(sem_init(second_works.get(), 1, 0), 0);
  const pdc::Stage first = [met = second_works.get()](std::int64_t x) {
    if (x == static_cast<std::int64_t>(many) - 1)
      while (sem_wait(met) != 0) continue;
    return x;
  };
  const pdc::Stage second = [met = second_works.get()](std::int64_t x) {
    if (x == 0) sem_post(met);
    return x;
  };
  EXPECT_EQ(pdc::run_pipeline(numbers(many), {first, second}).size(), many);
}

TEST(Failures, AStageThatThrowsIsNamed) {
  const pdc::Stage good = [](std::int64_t x) { return x; };
  const pdc::Stage bad = [](std::int64_t x) {
    if (x == 10) throw std::runtime_error("ten is too much");
    return x;
  };
  EXPECT_EQ(blamed_stage(numbers(many), {bad, good, good}), 0);
  EXPECT_EQ(blamed_stage(numbers(many), {good, bad, good}), 1);
  EXPECT_EQ(blamed_stage(numbers(many), {good, good, bad}), 2);
}

TEST(Failures, AStageThatIsKilledIsNamed) {
  const pdc::Stage good = [](std::int64_t x) { return x; };
  const pdc::Stage dies = [](std::int64_t) -> std::int64_t {
    raise(SIGKILL);
    return 0;
  };
  EXPECT_EQ(blamed_stage(numbers(many), {dies, good}), 0);
  EXPECT_EQ(blamed_stage(numbers(3), {good, dies}), 1);
}

TEST(Failures, TheNextPipelineWorksAgain) {
  const pdc::Stage good = [](std::int64_t x) { return x + 1; };
  const pdc::Stage bad = [](std::int64_t) -> std::int64_t { throw 7; };
  EXPECT_EQ(blamed_stage(numbers(many), {good, bad}), 1);
  EXPECT_EQ(pdc::run_pipeline({1, 2, 3}, {good, good}), (Items{3, 4, 5}));
}
