// How a pool ends: with idle workers, with busy ones, with callers inside.
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "harness/inside/testkit/testkit.hpp"
#include "tests/gate.hpp"
#include "thread_pool.hpp"

using lockstep::testkit::together;
using lockstep::testkit::Worker;
using pdc::ThreadPool;
using Value = ThreadPool::Value;
using Values = std::vector<Value>;
using Future = std::future<Value>;

namespace {

bool is_ready(const Future& future) { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }

// How a call of map ended that a shutdown has overtaken: "complete", "refused" (both are right), or what went wrong.
std::string end_of_map(ThreadPool& pool, const std::function<Value(Value)>& f, const Values& in, const Values& expected) {
  try {
    return pool.map(f, in) == expected ? "complete" : "wrong results";
  } catch (const pdc::Closed&) {
    return "refused";
  } catch (const std::future_error& error) {
    return error.code() == std::future_errc::broken_promise ? "refused" : error.what();
  }
}

}  // namespace

TEST(Ending, OfAPoolThatSleeps) {
  for (const std::size_t workers : {1u, 2u, 4u}) {
    auto pool = std::make_unique<ThreadPool>(workers);
    wait_until_all_rest();
    Worker destroyer([&] { pool.reset(); });
    EXPECT_TRUE(destroyer.wait_until_finished()) << "an idle pool of " << workers << " was never destroyed";
  }
}

TEST(Ending, OfAPoolThatSleepsAgain) {
  for (const bool finish : {true, false}) {
    ThreadPool pool(3);
    EXPECT_EQ(pool.map([](Value value) { return value; }, {1, 2, 3, 4, 5, 6}), Values({1, 2, 3, 4, 5, 6}));
    wait_until_all_rest();
    Worker stopper([&] { pool.shutdown(finish); });
    EXPECT_TRUE(stopper.wait_until_finished()) << "shutdown(" << finish << ") of an idle pool never returned";
  }
}

TEST(Ending, OfAPoolThatHasJustBegun) {
  for (int round = 0; round < 200; ++round) {
    ThreadPool pool(1 + static_cast<std::size_t>(round) % 3);
    if (round % 4 == 1) pool.submit([] { return 1; });
    if (round % 4 == 2) pool.shutdown(false);
  }
}

TEST(Ending, WhileSomeWorkAndSomeSleep) {
  for (const bool finish : {true, false}) {
    Gate gate;
    ThreadPool pool(3);
    const OpensAtEnd at_end(gate);
    Future held = pool.submit(through(gate, 1));
    gate.wait_for_somebody();
    wait_until_all_rest();
    Worker stopper([&] { pool.shutdown(finish); });
    EXPECT_TRUE(still_waits(stopper)) << "shutdown(" << finish << ") returned while a task was running";
    gate.open();
    stopper.join();
    EXPECT_EQ(held.get(), 1);
  }
}

TEST(Ending, IsWaitedForByEveryShutdown) {
  Gate gate;
  ThreadPool pool(2);
  const OpensAtEnd at_end(gate);
  Future held = pool.submit(through(gate, 1));
  gate.wait_for_somebody();
  Worker first([&] { pool.shutdown(true); });
  EXPECT_TRUE(still_waits(first)) << "shutdown(true) returned while a task was running";
  Worker second([&] { pool.shutdown(true); });
  EXPECT_TRUE(still_waits(second)) << "a second shutdown(true) returned while a task was running";
  gate.open();
  first.join();
  second.join();
  EXPECT_EQ(held.get(), 1);
}

TEST(Ending, BySeveralAtOnce) {
  for (int round = 0; round < 60; ++round) {
    ThreadPool pool(2);
    std::vector<Future> futures;
    for (Value i = 0; i < 10; ++i) futures.push_back(pool.submit([i] { return i; }));
    const bool all_finish = round % 2 == 0;
    together(3, [&](std::size_t me) {
      pool.shutdown(all_finish || me != 2);
      if (!all_finish) return;
      for (const Future& future : futures) EXPECT_TRUE(is_ready(future)) << "shutdown(true) has returned, and a task is still to come";
    });
    for (const Future& future : futures) ASSERT_TRUE(is_ready(future)) << "shutdown has neither run a task nor dropped it";
  }
}

TEST(Ending, WhileTasksAreSubmitted) {
  for (int round = 0; round < 60; ++round) {
    const bool finish = round % 2 == 0;
    ThreadPool pool(2);
    std::vector<std::vector<Future>> accepted(2);
    together(3, [&](std::size_t me) {
      if (me == 2) return pool.shutdown(finish);
      try {
        for (Value i = 0; i < 100; ++i) accepted[me].push_back(pool.submit([i] { return i; }));
      } catch (const pdc::Closed&) {
      }
    });
    for (std::vector<Future>& futures : accepted)
      for (std::size_t i = 0; i < futures.size(); ++i) {
        ASSERT_TRUE(is_ready(futures[i])) << "submit has accepted a task of which nothing is heard any more";
        try {
          EXPECT_EQ(futures[i].get(), static_cast<Value>(i));
        } catch (const std::future_error&) {
          EXPECT_FALSE(finish) << "shutdown(true) dropped a task that submit had accepted";
        }
      }
  }
}

// The only worker is held, so the calls of the map are queued; if the mapping thread does not make them itself, they are dropped.
TEST(Ending, OfAMapWhoseCallsAreDropped) {
  Gate gate;
  std::string end;
  const std::function<Value(Value)> f = [](Value value) { return value + 1; };
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  Future held = pool.submit(through(gate, 1));
  gate.wait_for_somebody();
  Worker mapper([&] { end = end_of_map(pool, f, {1, 2}, {2, 3}); });
  mapper.wait_until_blocked();
  Worker stopper([&] { pool.shutdown(false); });
  EXPECT_TRUE(still_waits(stopper)) << "shutdown(false) returned while a task was running";
  gate.open();
  stopper.join();
  EXPECT_TRUE(mapper.wait_until_finished()) << "a map whose calls were dropped never came to an end";
  mapper.join();
  EXPECT_TRUE(end == "complete" || end == "refused") << end;
  EXPECT_EQ(held.get(), 1);
}

TEST(Ending, OfAMapWhoseCallsAreFinished) {
  Gate gate;
  std::string end;
  const std::function<Value(Value)> f = [](Value value) { return value + 1; };
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  Future held = pool.submit(through(gate, 1));
  gate.wait_for_somebody();
  Worker mapper([&] { end = end_of_map(pool, f, {1, 2}, {2, 3}); });
  mapper.wait_until_blocked();
  Worker stopper([&] { pool.shutdown(true); });
  EXPECT_TRUE(still_waits(stopper)) << "shutdown(true) returned while a task was running";
  gate.open();
  stopper.join();
  EXPECT_TRUE(mapper.wait_until_finished()) << "a map that was under way when shutdown(true) came never came to an end";
  mapper.join();
  EXPECT_EQ(end, "complete");
  EXPECT_EQ(held.get(), 1);
}

// A task may still map while the pool ends: it succeeds or is refused, but it comes to an end.
TEST(Ending, WhileATaskMaps) {
  for (const std::size_t workers : {1u, 2u})
    for (const bool finish : {true, false}) {
      Gate gate;
      std::string end;
      const std::function<Value(Value)> f = [](Value value) { return value + 1; };
      ThreadPool pool(workers);
      const OpensAtEnd at_end(gate);
      Future mapping = pool.submit([&] {
        gate.pass();
        end = end_of_map(pool, f, {1, 2, 3}, {2, 3, 4});
        return Value{0};
      });
      gate.wait_for_somebody();
      Worker stopper([&] { pool.shutdown(finish); });
      EXPECT_TRUE(still_waits(stopper)) << "shutdown(" << finish << ") returned while a task was running";
      gate.open();
      EXPECT_TRUE(stopper.wait_until_finished()) << "shutdown(" << finish << ") never returned; its last task calls map";
      stopper.join();
      EXPECT_TRUE(end == "complete" || end == "refused") << end;
    }
}
