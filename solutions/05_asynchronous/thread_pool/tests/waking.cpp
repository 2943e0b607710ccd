// Workers that are about to sleep, that wake up late, or for nothing. The test decides the moments (moments.hpp). While it holds one, whoever
// acts is a Worker, and the test waits for nothing that a pool of another make might leave to the very thread that is held.
#include <vector>

#include "harness/inside/testkit/testkit.hpp"
#include "harness/inside/testkit/moments.hpp"
#include "tests/gate.hpp"
#include "thread_pool.hpp"

using lockstep::testkit::Worker;
using moments::HoldBeforeSleep;
using moments::HoldWoken;
using pdc::ThreadPool;
using Value = ThreadPool::Value;
using Future = std::future<Value>;

namespace {

// As many tasks as workers, all held at the same time: so no worker is missing.
void expect_all_workers_to_work(ThreadPool& pool) {
  Gate gate;
  std::vector<Future> futures;
  for (std::size_t i = 0; i < pool.workers(); ++i) futures.push_back(pool.submit(through(gate, 1)));
  wait_until_all_rest();
  EXPECT_EQ(gate.inside(), static_cast<int>(pool.workers())) << "workers that still take tasks, of " << pool.workers();
  gate.open();
  for (Future& future : futures) EXPECT_EQ(future.get(), 1);
}

}  // namespace

TEST(Waking, ForNothingChangesNothing) {
  ThreadPool used(2);
  {
    const moments::WakeForNothing waking(4);
    ThreadPool fresh(2);
    wait_until_all_rest();
    expect_all_workers_to_work(fresh);
  }
  expect_all_workers_to_work(used);
  const moments::WakeForNothing waking(4);
  expect_all_workers_to_work(used);
  wait_until_all_rest();
  expect_all_workers_to_work(used);
}

// One worker sleeps and is woken for a task, but before it is there the other one has ended its own task and taken this one.
TEST(Waking, ForATaskThatAnotherWorkerTakes) {
  Gate gate;
  ThreadPool pool(2);
  const OpensAtEnd at_end(gate);
  Future first = pool.submit(through(gate, 1));
  gate.wait_for_somebody();
  wait_until_all_rest();
  HoldWoken held;
  Future second;
  Worker submitter([&] { second = pool.submit([] { return 2; }); });
  submitter.wait_until_blocked();
  gate.open();
  wait_until_all_rest();
  held.release();
  submitter.join();
  EXPECT_EQ(first.get(), 1);
  EXPECT_EQ(second.get(), 2);
  wait_until_all_rest();
  expect_all_workers_to_work(pool);
}

// The second task comes while the worker that was woken for the first one is still on its way.
TEST(Waking, OfOneWorkerIsNotEnoughForTwoTasks) {
  Gate gate;
  ThreadPool pool(3);
  const OpensAtEnd at_end(gate);
  wait_until_all_rest();
  HoldWoken held;
  std::vector<Future> futures;
  Worker submitter([&] {
    for (int i = 0; i < 3; ++i) futures.push_back(pool.submit(through(gate, 1)));
  });
  submitter.wait_until_blocked();
  held.release();
  submitter.join();
  wait_until_all_rest();
  EXPECT_EQ(gate.inside(), 3) << "tasks that run, of three for three workers";
  gate.open();
  for (Future& future : futures) EXPECT_EQ(future.get(), 1);
}

// One worker sleeps because there is no task, one thread because its map is not complete. The next task wakes the former, in whichever
// order the two have fallen asleep.
TEST(Waking, ReachesAWorkerNotAThreadThatWaitsInMap) {
  for (const moments::Wakes which : moments::either) {
    const moments::Order order(which);
    Gate gate;
    const std::function<Value(Value)> f = [&](Value value) { return through(gate, value)(); };
    ThreadPool pool(2);
    const OpensAtEnd at_end(gate);
    wait_until_all_rest();
    Worker mapper([&] { pool.map(f, {1}); });
    wait_until_all_rest();
    Future future;
    Worker submitter([&] {
      future = pool.submit([] { return 2; });
      future.wait();
    });
    EXPECT_TRUE(submitter.wait_until_finished()) << "a task was never run although a worker had nothing to do";
    gate.open();
    mapper.join();
  }
}

TEST(Waking, AtTheEndReachesAWorkerThatIsAboutToSleep) {
  for (const bool finish : {true, false}) {
    Gate gate;
    ThreadPool pool(2);
    const OpensAtEnd at_end(gate);
    Future future = pool.submit(through(gate, 1));
    gate.wait_for_somebody();
    wait_until_all_rest();
    HoldBeforeSleep held;
    gate.open();
    wait_until_all_rest();
    Worker stopper([&] { pool.shutdown(finish); });
    stopper.wait_until_blocked();
    held.release();
    EXPECT_TRUE(stopper.wait_until_finished()) << "shutdown(" << finish << ") never returned: a worker fell asleep just before it";
    EXPECT_EQ(future.get(), 1);
  }
}

TEST(Waking, ByATaskReachesAWorkerThatIsAboutToSleep) {
  Gate gate;
  ThreadPool pool(1);
  const OpensAtEnd at_end(gate);
  Future first = pool.submit(through(gate, 1));
  gate.wait_for_somebody();
  HoldBeforeSleep held;
  gate.open();
  wait_until_all_rest();
  Future second;
  Worker submitter([&] {
    second = pool.submit([] { return 2; });
    second.wait();
  });
  submitter.wait_until_blocked();
  held.release();
  EXPECT_TRUE(submitter.wait_until_finished()) << "a task was never run: the worker fell asleep just before it came";
  EXPECT_EQ(first.get(), 1);
}

TEST(Waking, ByTheLastCallReachesAMapThatIsAboutToSleep) {
  Gate gate;
  const std::function<Value(Value)> f = [&](Value value) { return through(gate, value)(); };
  ThreadPool pool(2);
  const OpensAtEnd at_end(gate);
  wait_until_all_rest();
  HoldBeforeSleep held;
  Worker mapper([&] { pool.map(f, {1, 2}); });
  mapper.wait_until_blocked();
  gate.open();
  wait_until_all_rest();
  held.release();
  EXPECT_TRUE(mapper.wait_until_finished()) << "map never returned: it fell asleep just before its last call was over";
}
