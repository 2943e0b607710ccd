// A test program as an exercise has them, on the sample; harness/observe/programs/inside_programs_test.cpp runs its tests one by one and reads
// what they report.
#include "harness/inside/samples/reporting.hpp"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <climits>
#include <csignal>
#include <condition_variable>
#include <future>
#include <mutex>
#include <regex>
#include <shared_mutex>
#include <stdexcept>
#include <thread>

#include "harness/inside/testkit/threads.hpp"

using namespace lockstep::testkit;

TEST(Outcome, Passes) { SUCCEED(); }
TEST(Outcome, Fails) { EXPECT_EQ(sample::overflow(1), 3) << "one and one"; }
TEST(Outcome, Skips) { GTEST_SKIP(); }
TEST(Outcome, IsNotWrittenYet) { sample::not_written_yet(); }
TEST(Outcome, IsNotWrittenYetOnAThread) {
  together(2, [](std::size_t) { sample::not_written_yet(); });
}
TEST(Outcome, IsNotWrittenYetInAnExpectation) { EXPECT_NO_THROW(sample::not_written_yet()); }
TEST(Outcome, Throws) { throw std::runtime_error("from the body"); }
TEST(Outcome, LeavesByExit) { sample::leave_by_exit(); }
TEST(Outcome, LeavesByUnderscoreExit) { _exit(0); }
TEST(Outcome, LeavesInAStaticDestructor) {
  struct Leaver {
    ~Leaver() { _exit(0); }
  };
  static Leaver leaver;
}
TEST(Outcome, Terminates) { std::thread(sample::in_noexcept).join(); }
TEST(Outcome, ReturnsInAForkedChild) { fork(); }
TEST(Outcome, SaysMuch) { ADD_FAILURE() << std::string(20'000, 'x'); }

TEST(Fixture, ThreadsRunTogether) {
  std::atomic<int> inside{0};
  together(4, [&](std::size_t) {
    for (++inside; inside < 4;) std::this_thread::yield();
  });
  EXPECT_EQ(inside, 4);
}
TEST(Fixture, RethrowsTheFirstByPosition) {
  try {
    together(3, [](std::size_t i) {
      if (i > 0) throw std::runtime_error("thread " + std::to_string(i));
    });
    ADD_FAILURE();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "thread 1");
  }
}
TEST(Fixture, SeesAThreadBlockAndFinish) {
  std::mutex mutex;
  std::condition_variable changed;
  bool go = false;
  Worker worker([&] {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return go; });
  });
  EXPECT_TRUE(worker.wait_until_blocked());
  EXPECT_FALSE(worker.finished());
  EXPECT_FALSE(worker.wait_until_finished());
  expect_idle();
  {
    const std::lock_guard lock(mutex);
    go = true;
  }
  changed.notify_one();
  EXPECT_TRUE(worker.wait_until_finished());
  EXPECT_FALSE(worker.wait_until_blocked());
  worker.join();
}
TEST(Fixture, SeesATimedWaitAsBlocked) {
  std::mutex mutex;
  std::condition_variable changed;
  bool go = false;
  Worker worker([&] {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, std::chrono::hours(1), [&] { return go; });
  });
  EXPECT_TRUE(worker.wait_until_blocked());
  {
    const std::lock_guard lock(mutex);
    go = true;
  }
  changed.notify_one();
}
TEST(Fixture, AHolderOffTheProcessorIsWaitedFor) {
  // The worker waits for a lock whose holder computes for a while: it is not blocked, since the holder will let it go on.
  std::mutex mutex;
  std::atomic<bool> held{false}, passed{false};
  Worker holder([&] {
    const std::lock_guard lock(mutex);
    held = true;
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(10);
    while (std::chrono::steady_clock::now() < until) {
    }
  });
  while (!held) std::this_thread::yield();
  std::mutex forever;
  forever.lock();
  Worker worker([&] {
    const std::lock_guard lock(mutex);
    passed = true;
    forever.lock();
    forever.unlock();
  });
  EXPECT_TRUE(worker.wait_until_blocked());
  EXPECT_TRUE(passed);
  forever.unlock();
}
TEST(Fixture, ASpinningThreadIsNotBlocked) {
  std::atomic<bool> stop{false};
  Worker worker([&] {
    while (!stop) {
    }
  });
  EXPECT_FALSE(worker.wait_until_blocked());
  stop = true;
}
TEST(Fixture, APollingThreadIsNotIdle) {
  std::atomic<bool> stop{false};
  Worker worker([&] {
    while (!stop) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  });
  expect_idle(std::chrono::milliseconds(400));
  stop = true;
}

// It shares a processor with another process that the kernel favours nine to one.
TEST(Fixture, AStarvedSpinnerIsNotIdle) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<unsigned>(sched_getcpu()), &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  const pid_t other = fork();
  if (other == 0)
    for (volatile bool forever = true; forever;) {
    }
  std::atomic<bool> stop{false};
  Worker worker([&] {
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10);
    while (!stop) {
    }
  });
  expect_idle();
  stop = true;
  kill(other, SIGKILL);
  waitpid(other, nullptr, 0);
}

TEST(Memory, Leaks) { sample::leak(40); }
TEST(Memory, OfTheTestItself) {
  static char* volatile kept;
  kept = new char[3];
  kept[0] = 1;
  kept = nullptr;
}
TEST(Memory, UsedAfterFree) { sample::use_after_free(); }
TEST(Memory, Null) { sample::store_through_null(); }
TEST(Number, Overflows) { sample::overflow(INT_MAX); }

TEST(Race, OnAGlobal) {
  together(2, [](std::size_t) { sample::add_unlocked(); });
}
TEST(Race, LockedIsNone) {
  together(3, [](std::size_t) {
    for (int i = 0; i < 100; ++i) sample::add_locked();
  });
  EXPECT_EQ(sample::total(), 300);
}
TEST(Race, BehindARelaxedFlag) {
  together({[] { sample::publish_relaxed(5); }, [] { sample::wait_for_published(); }});
}
TEST(Race, OnAProbe) {
  Probe probe;
  together({[&] { probe.write(); }, [&] { probe.read(); }});
}
TEST(Race, OfTheTestItself) {
  int number = 0;
  together(2, [&](std::size_t i) { number = static_cast<int>(i); });
}
TEST(Race, OnTheHeap) {
  auto numbers = std::make_unique<int[]>(10);
  together(2, [&](std::size_t i) { numbers[3] = static_cast<int>(i); });
}
TEST(Right, Locks) {
  std::timed_mutex timed;
  std::shared_timed_mutex shared;
  int under_timed = 0, under_shared = 0;
  together(4, [&](std::size_t) {
    for (int i = 0; i < 20; ++i) {
      ASSERT_TRUE(timed.try_lock_for(std::chrono::minutes(1)));
      ++under_timed;
      timed.unlock();
      ASSERT_TRUE(shared.try_lock_for(std::chrono::minutes(1)));
      ++under_shared;
      shared.unlock();
      ASSERT_TRUE(shared.try_lock_shared_for(std::chrono::minutes(1)));
      shared.unlock_shared();
    }
  });
}
TEST(Right, ExceptionsAcrossThreads) {
  for (int i = 0; i < 200; ++i) {
    std::promise<int> promise;
    std::future<int> future = promise.get_future();
    together({[&] {
                try {
                  throw std::runtime_error("number " + std::to_string(i));
                } catch (...) {
                  promise.set_exception(std::current_exception());
                }
              },
              [&] { EXPECT_THROW(future.get(), std::runtime_error); }});
  }
}
TEST(Right, Regex) {
  together(3, [](std::size_t) { EXPECT_TRUE(std::regex_match("aabcc", std::regex("a+b[c-f]*"))); });
}
TEST(Right, AtomicSharedPointer) {
  std::atomic<std::shared_ptr<int>> shared(std::make_shared<int>(0));
  together(4, [&](std::size_t i) {
    for (int n = 0; n < 200; ++n) {
      if (i == 0)
        shared.store(std::make_shared<int>(n));
      else
        EXPECT_GE(*shared.load(), 0);
    }
  });
}
