// Waiting means sleeping.
#include <thread>

#include "harness/inside/testkit/testkit.hpp"
#include "tests/gate.hpp"
#include "thread_pool.hpp"

using lockstep::testkit::expect_idle;
using lockstep::testkit::Worker;
using pdc::ThreadPool;
using Value = ThreadPool::Value;

TEST(Idle, WorkersWithoutATaskSleep) {
  ThreadPool fresh(2);
  ThreadPool used(2);
  used.map([](Value value) { return value + 1; }, {1, 2, 3, 4});
  wait_until_all_rest();
  expect_idle();
}

TEST(Idle, WorkersWithoutATaskSleepWhileOthersWork) {
  Gate gate;
  ThreadPool pool(3);
  const OpensAtEnd at_end(gate);
  std::future<Value> held = pool.submit(through(gate, 1));
  wait_until_all_rest();
  expect_idle();
  gate.open();
  EXPECT_EQ(held.get(), 1);
}

TEST(Idle, WhoWaitsInMapSleeps) {
  Gate gate;
  const std::function<Value(Value)> f = [&](Value value) { return through(gate, value)(); };
  ThreadPool pool(2);
  const OpensAtEnd at_end(gate);
  Worker mapper([&] { pool.map(f, {1, 2}); });
  wait_until_all_rest();
  expect_idle();
  gate.open();
  mapper.join();
}

// The task makes one of its two calls itself, if it likes, and then waits for the other worker to end the other one.
TEST(Idle, ATaskThatWaitsInMapSleeps) {
  Gate own_gate, others_gate;
  ThreadPool pool(2);
  const OpensAtEnd own_at_end(own_gate), others_at_end(others_gate);
  std::future<Value> outer = pool.submit([&] {
    const std::thread::id me = std::this_thread::get_id();
    return pool.map([&](Value value) { return through(std::this_thread::get_id() == me ? own_gate : others_gate, value)(); }, {1, 2}).back();
  });
  wait_until_all_rest();
  own_gate.open();
  wait_until_all_rest();
  expect_idle();
  others_gate.open();
  EXPECT_EQ(outer.get(), 2);
}

TEST(Idle, WhoWaitsInShutdownSleeps) {
  Gate gate;
  ThreadPool pool(2);
  const OpensAtEnd at_end(gate);
  std::future<Value> held = pool.submit(through(gate, 1));
  gate.wait_for_somebody();
  Worker first([&] { pool.shutdown(true); });
  Worker second([&] { pool.shutdown(true); });
  wait_until_all_rest();
  expect_idle();
  gate.open();
  first.join();
  second.join();
  EXPECT_EQ(held.get(), 1);
}
