// What becomes of tasks: their order, their results, their exceptions, and what shutdown does with those that are still queued.
#include <array>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/inside/testkit/testkit.hpp"
#include "tests/gate.hpp"
#include "tests/outcomes.hpp"
#include "thread_pool.hpp"

using lockstep::testkit::together;
using lockstep::testkit::Worker;
using pdc::ThreadPool;
using Value = ThreadPool::Value;
using Values = std::vector<Value>;
using Future = std::future<Value>;

namespace {

Value cube(Value value) { return value * value * value; }

Value sum(const Values& values) {
  Value total = 0;
  for (const Value value : values) total += value;
  return total;
}

Values numbers(Value count) {
  Values values;
  for (Value value = 0; value < count; ++value) values.push_back(value);
  return values;
}

}  // namespace

TEST(Tasks, GiveTheirValueToTheFuture) {
  ThreadPool pool(2);
  std::vector<Future> futures;
  for (Value i = 0; i < 20; ++i) futures.push_back(pool.submit([i] { return i * i; }));
  for (Value i = 0; i < 20; ++i) EXPECT_EQ(futures[static_cast<std::size_t>(i)].get(), i * i);
  for (const Value value : {std::numeric_limits<Value>::min(), Value{-1}, std::numeric_limits<Value>::max()})
    EXPECT_EQ(pool.submit([value] { return value; }).get(), value);
}

TEST(Tasks, NeedAtLeastOneWorker) {
  ThreadPool pool(3);
  EXPECT_EQ(pool.submit([] { return 7; }).get(), 7);
  EXPECT_EQ(pool.workers(), 3u);
  EXPECT_THROW(ThreadPool(0), std::invalid_argument);
}

TEST(Tasks, AreNotWaitedForBySubmit) {
  Gate gate;
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  Future held, queued;
  Worker submitter([&] {
    held = pool.submit(through(gate, 1));
    queued = pool.submit([] { return 2; });
  });
  EXPECT_TRUE(submitter.wait_until_finished()) << "submit did not return while a task was running";
  gate.open();
  submitter.join();
  EXPECT_EQ(held.get(), 1);
  EXPECT_EQ(queued.get(), 2);
}

TEST(Tasks, StartInTheOrderOfSubmission) {
  Gate gate;
  std::vector<int> started;
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  std::vector<Future> futures;
  futures.push_back(pool.submit(through(gate, 0)));
  for (int i = 1; i <= 10; ++i)
    futures.push_back(pool.submit([&started, i] {
      started.push_back(i);
      return i;
    }));
  gate.open();
  for (Future& future : futures) future.get();
  EXPECT_EQ(started, std::vector<int>({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
}

TEST(Tasks, OfATaskTakeTheirPlaceInTheQueue) {
  Gate gate;
  std::string started;
  Future inner;
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  Future first = pool.submit([&] {
    gate.pass();
    inner = pool.submit([&] {
      started += " submitted-by-a-task";
      return 1;
    });
    return 0;
  });
  gate.wait_for_somebody();
  Future second = pool.submit([&] {
    started += " submitted-before";
    return 2;
  });
  gate.open();
  EXPECT_EQ(first.get(), 0);
  EXPECT_EQ(second.get(), 2);
  EXPECT_EQ(inner.get(), 1);
  EXPECT_EQ(started, " submitted-before submitted-by-a-task");
}

TEST(Tasks, RunOnceEachWhoeverSubmits) {
  constexpr std::size_t submitters = 3, each = 300;
  std::vector<int> runs(submitters * each, 0);
  ThreadPool pool(3);
  together(submitters, [&](std::size_t me) {
    std::vector<Future> futures;
    for (std::size_t i = me * each; i < (me + 1) * each; ++i)
      futures.push_back(pool.submit([&runs, i] {
        ++runs[i];
        return static_cast<Value>(i);
      }));
    for (std::size_t i = 0; i < each; ++i) EXPECT_EQ(futures[i].get(), static_cast<Value>(me * each + i));
  });
  EXPECT_EQ(runs, std::vector<int>(submitters * each, 1));
}

TEST(Tasks, GiveTheirExceptionToTheFuture) {
  ThreadPool pool(1);
  Future runtime = pool.submit([]() -> Value { throw std::runtime_error("no result"); });
  Future range = pool.submit([]() -> Value { return Values(3).at(7); });
  Future number = pool.submit([]() -> Value { throw 42; });
  Future after = pool.submit([] { return 5; });
  EXPECT_EQ(result_of(runtime), "no result");
  EXPECT_THROW(range.get(), std::out_of_range);
  EXPECT_THROW(number.get(), int);
  EXPECT_EQ(after.get(), 5) << "the worker did not go on after an exception";
}

// The task waits in the queue until submit has long returned, and its function's state is too large to be kept inside of a std::function.
TEST(Tasks, OutliveTheCallOfSubmit) {
  Gate gate;
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  Future held = pool.submit(through(gate, 0));
  std::vector<Future> futures;
  for (Value i = 0; i < 5; ++i) {
    std::array<Value, 40> many{};
    many.fill(i);
    futures.push_back(pool.submit([many] { return many.front() + many.back(); }));
  }
  gate.open();
  EXPECT_EQ(held.get(), 0);
  for (Value i = 0; i < 5; ++i) EXPECT_EQ(futures[static_cast<std::size_t>(i)].get(), 2 * i);
}

TEST(Map, ReturnsTheResultsInTheOrderOfTheInput) {
  for (const std::size_t workers : {1u, 2u, 3u}) {
    ThreadPool pool(workers);
    EXPECT_EQ(pool.map(cube, {3, -1, 2, 2, 0}), Values({27, -1, 8, 8, 0}));
    Values expected;
    for (const Value value : numbers(200)) expected.push_back(cube(value));
    EXPECT_EQ(pool.map(cube, numbers(200)), expected) << "with " << workers << " workers";
  }
}

TEST(Map, OfNothingIsNothing) {
  std::atomic<int> calls{0};
  ThreadPool pool(2);
  EXPECT_EQ(pool.map([&](Value value) { return ++calls, value; }, {}), Values());
  EXPECT_EQ(calls, 0);
}

TEST(Map, CallsOncePerElement) {
  std::vector<std::atomic<int>> calls(50);
  ThreadPool pool(3);
  pool.map([&](Value value) { return ++calls[static_cast<std::size_t>(value)]; }, numbers(50));
  for (std::size_t i = 0; i < calls.size(); ++i) EXPECT_EQ(calls[i], 1) << "for element " << i;
}

TEST(Map, MayBeCalledByManyAtOnce) {
  ThreadPool pool(2);
  together(3, [&](std::size_t me) {
    const Value add = static_cast<Value>(1000 * me);
    for (int round = 0; round < 20; ++round)
      EXPECT_EQ(pool.map([add](Value value) { return value + add; }, {1, 2, 3}), Values({1 + add, 2 + add, 3 + add}));
  });
}

TEST(Map, MakesAllCallsEvenIfOneThrows) {
  std::vector<std::atomic<int>> calls(30);
  ThreadPool pool(2);
  const std::string end = how_it_ends([&] {
    pool.map(
        [&](Value value) -> Value {
          ++calls[static_cast<std::size_t>(value)];
          if (value % 10 == 4) throw std::runtime_error("element " + std::to_string(value));
          return value;
        },
        numbers(30));
  });
  EXPECT_EQ(end, "element 4");
  for (std::size_t i = 0; i < calls.size(); ++i) EXPECT_EQ(calls[i], 1) << "for element " << i;
}

// The call for the first element is held until the other one has thrown.
TEST(Map, RethrowsTheExceptionOfTheLowestIndexNotTheFirstInTime) {
  Gate gate;
  const std::function<Value(Value)> f = [&](Value value) -> Value {
    if (value == 0) gate.pass();
    throw std::runtime_error("element " + std::to_string(value));
  };
  ThreadPool pool(2);
  const OpensAtEnd at_end(gate);
  std::string end;
  Worker mapper([&] { end = how_it_ends([&] { pool.map(f, {0, 1}); }); });
  EXPECT_TRUE(still_waits(mapper)) << "map was over while one of its calls was still running";
  gate.open();
  mapper.join();
  EXPECT_EQ(end, "element 0");
}

TEST(Map, RethrowsOnlyWhenAllCallsAreOver) {
  Gate gate;
  const std::function<Value(Value)> f = [&](Value value) -> Value {
    if (value == 0) throw std::runtime_error("element 0");
    gate.pass();
    return value;
  };
  ThreadPool pool(2);
  const OpensAtEnd at_end(gate);
  std::string end;
  Worker mapper([&] { end = how_it_ends([&] { pool.map(f, {0, 1}); }); });
  EXPECT_TRUE(still_waits(mapper)) << "map rethrew an exception while another of its calls was still running";
  gate.open();
  mapper.join();
  EXPECT_EQ(end, "element 0");
  EXPECT_EQ(pool.map(cube, {2}), Values({8})) << "after a map that threw";
}

TEST(Nested, MapInATaskOfTheOnlyWorker) {
  ThreadPool pool(1);
  EXPECT_EQ(pool.submit([&] { return sum(pool.map(cube, {1, 2, 3})); }).get(), 36);
}

TEST(Nested, MapInEveryWorkerAtOnce) {
  for (const std::size_t workers : {2u, 3u}) {
    Gate gate;
    ThreadPool pool(workers);
    const OpensAtEnd at_end(gate);
    std::vector<Future> futures;
    for (std::size_t i = 0; i < workers; ++i)
      futures.push_back(pool.submit([&] {
        gate.pass();
        return sum(pool.map(cube, {1, 2, 3, 4, 5}));
      }));
    wait_until_all_rest();
    gate.open();
    for (Future& future : futures) EXPECT_EQ(future.get(), 225) << "with " << workers << " workers";
  }
}

TEST(Nested, MapInsideMapInsideMap) {
  for (const std::size_t workers : {1u, 2u, 3u}) {
    ThreadPool pool(workers);
    const std::function<Value(Value)> leaf = [](Value value) { return value; };
    const std::function<Value(Value)> branch = [&](Value value) { return sum(pool.map(leaf, {value, value, value})); };
    const std::function<Value(Value)> trunk = [&](Value value) { return sum(pool.map(branch, {value, value + 1, value + 2})); };
    EXPECT_EQ(pool.map(trunk, {0, 10, 20}), Values({9, 99, 189})) << "with " << workers << " workers";
  }
}

TEST(Nested, MapWhileOtherTasksWaitInTheQueue) {
  Gate gate;
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  Future mapping = pool.submit([&] {
    gate.pass();
    return sum(pool.map(cube, {1, 2, 3}));
  });
  gate.wait_for_somebody();
  std::vector<Future> behind;
  for (Value i = 0; i < 10; ++i) behind.push_back(pool.submit([i] { return i; }));
  gate.open();
  EXPECT_EQ(mapping.get(), 36);
  for (Value i = 0; i < 10; ++i) EXPECT_EQ(behind[static_cast<std::size_t>(i)].get(), i);
}

TEST(Nested, ThrowsLikeAnyOtherMap) {
  std::vector<std::atomic<int>> calls(9);
  ThreadPool pool(2);
  Future future = pool.submit([&] {
    return sum(pool.map(
        [&](Value value) -> Value {
          ++calls[static_cast<std::size_t>(value)];
          if (value >= 3) throw std::runtime_error("element " + std::to_string(value));
          return value;
        },
        numbers(9)));
  });
  EXPECT_EQ(result_of(future), "element 3");
  for (std::size_t i = 0; i < calls.size(); ++i) EXPECT_EQ(calls[i], 1) << "for element " << i;
}

TEST(Shutdown, RunsWhatIsQueued) {
  Gate gate;
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  std::vector<Future> futures;
  futures.push_back(pool.submit(through(gate, 0)));
  for (Value i = 1; i <= 3; ++i) futures.push_back(pool.submit([i] { return i; }));
  gate.wait_for_somebody();
  Worker stopper([&] { pool.shutdown(true); });
  EXPECT_TRUE(still_waits(stopper)) << "shutdown(true) returned while a task was running";
  gate.open();
  stopper.join();
  for (std::size_t i = 0; i < futures.size(); ++i) EXPECT_EQ(result_at_hand(futures[i]), std::to_string(i)) << "after shutdown(true)";
}

TEST(Shutdown, DropsWhatIsQueued) {
  Gate gate;
  std::atomic<int> runs{0};
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  Future running = pool.submit(through(gate, 7));
  std::vector<Future> queued;
  for (Value i = 0; i < 3; ++i) queued.push_back(pool.submit([&runs] { return ++runs; }));
  gate.wait_for_somebody();
  Worker stopper([&] { pool.shutdown(false); });
  EXPECT_TRUE(still_waits(stopper)) << "shutdown(false) returned while a task was running";
  gate.open();
  stopper.join();
  EXPECT_EQ(result_at_hand(running), "7") << "a task that was running is not dropped";
  for (Future& future : queued) EXPECT_EQ(result_at_hand(future), "broken promise") << "after shutdown(false)";
  EXPECT_EQ(runs, 0) << "tasks were run that shutdown(false) drops";
}

TEST(Shutdown, RefusesWhatComesLater) {
  for (const bool finish : {true, false}) {
    std::atomic<int> runs{0};
    ThreadPool pool(2);
    EXPECT_EQ(pool.submit([] { return 1; }).get(), 1);
    pool.shutdown(finish);
    EXPECT_EQ(how_it_ends([&] { pool.submit([&] { return ++runs; }); }), "closed");
    EXPECT_EQ(how_it_ends([&] { pool.map([&](Value) { return ++runs; }, {1, 2, 3}); }), "closed");
    EXPECT_EQ(runs, 0);
  }
}

TEST(Shutdown, RefusesNewTasksWhileItWaits) {
  Gate gate;
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  std::string inside;
  Future running = pool.submit([&] {
    gate.pass();
    inside = how_it_ends([&] { pool.submit([] { return 2; }); });
    return 1;
  });
  gate.wait_for_somebody();
  Worker stopper([&] { pool.shutdown(true); });
  EXPECT_TRUE(still_waits(stopper)) << "shutdown(true) returned while a task was running";
  EXPECT_EQ(how_it_ends([&] { pool.submit([] { return 3; }); }), "closed") << "from outside";
  gate.open();
  stopper.join();
  EXPECT_EQ(result_at_hand(running), "1");
  EXPECT_EQ(inside, "closed") << "from a task";
}

TEST(Shutdown, MayBeRepeated) {
  ThreadPool pool(2);
  Future future = pool.submit([] { return 1; });
  pool.shutdown(true);
  pool.shutdown(true);
  pool.shutdown(false);
  EXPECT_EQ(result_at_hand(future), "1");
  ThreadPool other(2);
  other.shutdown(false);
  other.shutdown(true);
}

TEST(Shutdown, IsWhatTheDestructorDoes) {
  Gate gate;
  auto pool = std::make_unique<ThreadPool>(1);
  const OpensAtEnd at_end(gate);
  std::vector<Future> futures;
  futures.push_back(pool->submit(through(gate, 0)));
  for (Value i = 1; i <= 3; ++i) futures.push_back(pool->submit([i] { return i; }));
  gate.wait_for_somebody();
  Worker destroyer([&] { pool.reset(); });
  EXPECT_TRUE(still_waits(destroyer)) << "the pool was destroyed while a task was running";
  gate.open();
  destroyer.join();
  for (std::size_t i = 0; i < futures.size(); ++i) EXPECT_EQ(result_at_hand(futures[i]), std::to_string(i)) << "after the destructor";
}
