// Tasks that wait for each other: they come to an end only if all of them can run at the same time.
#include <latch>
#include <vector>

#include "harness/inside/testkit/testkit.hpp"
#include "tests/gate.hpp"
#include "thread_pool.hpp"

using pdc::ThreadPool;
using Value = ThreadPool::Value;
using Values = std::vector<Value>;

namespace {

void let_tasks_meet(ThreadPool& pool, std::size_t count) {
  std::latch meeting(static_cast<std::ptrdiff_t>(count));
  std::vector<std::future<Value>> futures;
  for (std::size_t i = 0; i < count; ++i)
    futures.push_back(pool.submit([&meeting, i] {
      meeting.arrive_and_wait();
      return static_cast<Value>(i);
    }));
  for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(futures[i].get(), static_cast<Value>(i));
}

}  // namespace

TEST(Overlap, AsManyTasksAsWorkers) {
  for (const std::size_t workers : {1u, 2u, 3u, 5u}) {
    ThreadPool pool(workers);
    for (int round = 0; round < 10; ++round) let_tasks_meet(pool, workers);
  }
}

// All workers sleep, then all of them have to wake up.
TEST(Overlap, ABurstOfTasksWakesAllWorkers) {
  ThreadPool pool(3);
  for (int round = 0; round < 25; ++round) {
    wait_until_all_rest();
    let_tasks_meet(pool, 3);
  }
}

// As long as some tasks meet, the next ones wait in the queue: six of them take two workers three times as long as one.
TEST(Overlap, TheNextTasksFollow) {
  for (int round = 0; round < 20; ++round) {
    std::latch first(2), second(2), third(2);
    ThreadPool pool(2);
    std::vector<std::future<Value>> futures;
    for (std::latch* meeting : {&first, &first, &second, &second, &third, &third})
      futures.push_back(pool.submit([meeting] {
        meeting->arrive_and_wait();
        return Value{0};
      }));
    for (std::future<Value>& future : futures) future.get();
  }
}

TEST(Overlap, ATaskAndThoseThatItSubmits) {
  ThreadPool pool(3);
  for (int round = 0; round < 20; ++round) {
    std::latch meeting(3);
    const std::function<Value()> meet = [&] {
      meeting.arrive_and_wait();
      return Value{1};
    };
    std::vector<std::future<Value>> futures(2);
    std::future<Value> outer = pool.submit([&] {
      for (std::future<Value>& future : futures) future = pool.submit(meet);
      return meet();
    });
    EXPECT_EQ(outer.get(), 1);
    for (std::future<Value>& future : futures) EXPECT_EQ(future.get(), 1);
  }
}

TEST(Overlap, AsManyCallsOfAMapAsWorkers) {
  for (const std::size_t workers : {2u, 3u}) {
    ThreadPool pool(workers);
    for (int round = 0; round < 10; ++round) {
      std::latch meeting(static_cast<std::ptrdiff_t>(workers));
      const Values in(workers, 4);
      const auto meet = [&](Value value) {
        meeting.arrive_and_wait();
        return value + 1;
      };
      EXPECT_EQ(pool.map(meet, in), Values(workers, 5));
    }
  }
}
