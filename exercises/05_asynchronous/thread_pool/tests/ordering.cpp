// For ThreadSanitizer: plain data that nothing but the pool orders. The tests use no synchronisation of their own between the threads,
// because it would order the student's accesses too.
#include <atomic>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "harness/inside/testkit/testkit.hpp"
#include "tests/gate.hpp"
#include "thread_pool.hpp"

using lockstep::testkit::Probe;
using lockstep::testkit::repetitions;
using lockstep::testkit::together;
using pdc::ThreadPool;
using Value = ThreadPool::Value;
using Values = std::vector<Value>;
using Future = std::future<Value>;

namespace {

// Those who come here wait for each other, for a while, and it orders nothing: relaxed atomics only.
class LooseMeeting {
 public:
  void come(int expected) {
    arrived_.fetch_add(1, std::memory_order_relaxed);
    for (int looks = 0; looks < 2000 && arrived_.load(std::memory_order_relaxed) < expected; ++looks) std::this_thread::yield();
  }

 private:
  std::atomic<int> arrived_{0};
};

std::size_t index_of(Value value) { return static_cast<std::size_t>(value); }

// Each call writes its own probe. With a pool of two, both calls are over at about the same moment.
void map_and_look(ThreadPool& pool) {
  std::deque<Probe> probes(2);
  LooseMeeting meeting;
  for (Probe& probe : probes) probe.write();
  const Values out = pool.map(
      [&](Value value) {
        meeting.come(2);
        probes[index_of(value)].write();
        return value + 1;
      },
      {0, 1});
  for (Probe& probe : probes) probe.write();
  EXPECT_EQ(out, Values({1, 2}));
}

}  // namespace

TEST(Ordering, FromTheSubmitterToTheTaskAndBack) {
  constexpr std::size_t each = 30;
  for (int round = 0; round < repetitions(2, 6); ++round) {
    ThreadPool pool(2);
    std::deque<Probe> parcels(2 * each);
    together(2, [&](std::size_t me) {
      std::vector<Future> futures;
      for (std::size_t i = me * each; i < (me + 1) * each; ++i) {
        parcels[i].write();
        futures.push_back(pool.submit([&parcels, i] {
          parcels[i].write();
          return static_cast<Value>(i);
        }));
      }
      for (std::size_t i = 0; i < each; ++i) {
        EXPECT_EQ(futures[i].get(), static_cast<Value>(me * each + i));
        parcels[me * each + i].write();
      }
    });
  }
}

TEST(Ordering, FromATaskToTheEndOfShutdown) {
  for (int round = 0; round < repetitions(2, 6); ++round) {
    std::deque<Probe> parcels(20);
    ThreadPool pool(2);
    for (std::size_t i = 0; i < parcels.size(); ++i)
      pool.submit([&parcels, i] {
        parcels[i].write();
        return Value{0};
      });
    pool.shutdown(true);
    for (Probe& parcel : parcels) parcel.write();
  }
}

TEST(Ordering, OfAMap) {
  for (int round = 0; round < repetitions(2, 10); ++round) {
    ThreadPool pool(2);
    for (int again = 0; again < 3; ++again) map_and_look(pool);
  }
}

TEST(Ordering, OfAMapInsideATask) {
  for (int round = 0; round < repetitions(2, 6); ++round) {
    ThreadPool pool(2);
    std::vector<Future> futures;
    for (int i = 0; i < 2; ++i)
      futures.push_back(pool.submit([&] {
        map_and_look(pool);
        return Value{0};
      }));
    for (Future& future : futures) future.get();
  }
}

// Each exception is kept until the pool is gone: then it is certain who destroys it, which the C++ library orders in a way of its own.
TEST(Ordering, OfExceptions) {
  const std::function<Value(Value)> f = [](Value value) -> Value {
    if (value == 1) throw std::runtime_error("element 1");
    return value;
  };
  for (int round = 0; round < repetitions(1, 4); ++round) {
    std::vector<std::vector<std::exception_ptr>> kept(2);
    ThreadPool pool(2);
    together(2, [&](std::size_t me) {
      const auto expect_to_throw = [&](const std::string& what, const std::function<void()>& call) {
        try {
          call();
          ADD_FAILURE() << "the exception is lost: " << what;
        } catch (const std::runtime_error& error) {
          kept[me].push_back(std::current_exception());
          EXPECT_EQ(error.what(), what);
        }
      };
      for (int i = 0; i < 15; ++i) {
        const std::string what = "task " + std::to_string(i);
        Future future = pool.submit([what]() -> Value { throw std::runtime_error(what); });
        expect_to_throw(what, [&] { future.get(); });
        expect_to_throw("element 1", [&] { pool.map(f, {0, 1, 2}); });
      }
    });
  }
}

// Nothing happens between the start of the threads and the end of the pool: what the two share is ordered by nobody but the pool.
TEST(Ordering, OfAPoolThatIsNeverUsed) {
  for (int round = 0; round < repetitions(2, 6); ++round) {
    ThreadPool pool(2);
    if (round % 2 == 0) wait_until_all_rest();
    EXPECT_EQ(pool.workers(), 2u);
  }
}

TEST(Ordering, SubmitAndShutdownMayMeet) {
  for (int round = 0; round < repetitions(2, 8); ++round) {
    ThreadPool pool(2);
    const auto submit_until_closed = [&] {
      try {
        for (int i = 0; i < 3000; ++i) pool.submit([i] { return Value{i}; });
      } catch (const pdc::Closed&) {
      }
    };
    const auto map_until_closed = [&] {
      try {
        for (int i = 0; i < 500; ++i) pool.map([](Value value) { return value; }, {1, 2});
      } catch (const pdc::Closed&) {
      } catch (const std::future_error&) {
      }
    };
    together({submit_until_closed, map_until_closed, [&] { pool.shutdown(round % 2 == 0); }, [&] { pool.shutdown(true); },
              [&] { static_cast<void>(pool.workers()); }});
  }
}
