#include <barrier>
#include <latch>
#include <regex>
#include <semaphore>
#include <sstream>

#include <pthread.h>
#include <semaphore.h>
#include <time.h>
#include <unistd.h>

#include "corpus.hpp"

namespace pdc {
namespace {

constexpr int turns = 50;

timespec soon(clockid_t clock) {
  timespec at{};
  clock_gettime(clock, &at);
  at.tv_sec += 5;
  return at;
}

struct Wide {
  long a, b;
};

}  // namespace

void right_counting_semaphore() {
  std::counting_semaphore<1> one(1);
  long sum = 0;
  const auto add = [&] { for (int i = 0; i < turns; ++i) { one.acquire(); ++sum; one.release(); } };
  on_threads(add, add, add);
  use(sum);
}
void right_semaphore_try_for() {
  std::counting_semaphore<1> one(1);
  long sum = 0;
  const auto add = [&] { for (int i = 0; i < turns; ++i) { while (!one.try_acquire_for(ms(20))) {} ++sum; one.release(); } };
  on_threads(add, add);
  use(sum);
}
void right_binary_semaphore_handoff() {
  std::binary_semaphore full(0), empty(1);
  long slot = 0;
  on_threads([&] { for (int i = 0; i < turns; ++i) { empty.acquire(); slot = i; full.release(); } },
             [&] { for (int i = 0; i < turns; ++i) { full.acquire(); use(slot); empty.release(); } });
}
void right_latch() {
  std::latch done(2);
  long a = 0, b = 0;
  on_threads([&] { a = 1; done.count_down(); }, [&] { b = 1; done.count_down(); }, [&] { done.wait(); use(a + b); });
}
void right_barrier_phases() {
  std::barrier sync(2);
  long cells[2] = {0, 0};
  const auto run = [&](int me) { return [&, me] { for (int i = 0; i < turns; ++i) { cells[me] = i; sync.arrive_and_wait(); use(cells[1 - me]); sync.arrive_and_wait(); } }; };
  on_threads(run(0), run(1));
}
void right_barrier_completion() {
  long phases = 0;
  std::barrier sync(3, [&]() noexcept { ++phases; });
  const auto run = [&] { for (int i = 0; i < turns; ++i) { sync.arrive_and_wait(); use(phases); sync.arrive_and_wait(); } };
  on_threads(run, run, run);
}
void right_barrier_drop() {
  std::barrier sync(2);
  long data = 0;
  on_threads([&] { data = 1; sync.arrive_and_drop(); }, [&] { sync.arrive_and_wait(); use(data); sync.arrive_and_wait(); });
}
void right_atomic_flag_spin() {
  std::atomic_flag held;
  long sum = 0;
  const auto add = [&] {
    for (int i = 0; i < turns; ++i) {
      while (held.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
      ++sum;
      held.clear(std::memory_order_release);
    }
  };
  on_threads(add, add);
  use(sum);
}
void right_atomic_release_acquire() {
  std::atomic<bool> ready = false;
  long data = 0;
  on_threads([&] { data = 1; ready.store(true, std::memory_order_release); },
             [&] { while (!ready.load(std::memory_order_acquire)) std::this_thread::yield(); use(data); });
}
void right_atomic_wait_notify() {
  std::atomic<int> turn = 0;
  long data = 0;
  on_threads([&] { for (int i = 0; i < turns; ++i) { turn.wait(1); data = i; turn = 1; turn.notify_one(); } },
             [&] { for (int i = 0; i < turns; ++i) { turn.wait(0); use(data); turn = 0; turn.notify_one(); } });
}
void right_atomic_flag_wait() {
  std::atomic_flag ready;
  long data = 0;
  on_threads([&] { data = 1; ready.test_and_set(); ready.notify_all(); }, [&] { ready.wait(false); use(data); });
}
void right_atomic_fetch_add() {
  std::atomic<long> sum = 0;
  const auto add = [&] { for (int i = 0; i < turns; ++i) sum.fetch_add(1, std::memory_order_relaxed); };
  on_threads(add, add);
  use(sum);
}
void right_atomic_compare_exchange() {
  std::atomic<long> sum = 0;
  const auto add = [&] { for (int i = 0; i < turns; ++i) { long old = sum; while (!sum.compare_exchange_weak(old, old + 1)) {} } };
  on_threads(add, add);
  use(sum);
}
void right_atomic_ref() {
  long sum = 0;
  const auto add = [&] { for (int i = 0; i < turns; ++i) std::atomic_ref(sum).fetch_add(1); };
  on_threads(add, add);
  use(sum);
}
void right_atomic_wide() {
  std::atomic<Wide> value{Wide{0, 0}};
  on_threads([&] { for (int i = 0; i < turns; ++i) value.store({i, i}); }, [&] { for (int i = 0; i < turns; ++i) use(value.load().a); });
}
void right_atomic_seq_cst_flags() {
  std::atomic<bool> wants[2] = {false, false};
  std::atomic<int> turn = 0;
  long sum = 0;
  const auto peterson = [&](int me) {
    return [&, me] {
      for (int i = 0; i < turns; ++i) {
        wants[me] = true;
        turn = 1 - me;
        while (wants[1 - me] && turn == 1 - me) std::this_thread::yield();
        ++sum;
        wants[me] = false;
      }
    };
  };
  on_threads(peterson(0), peterson(1));
  use(sum);
}
void right_atomic_release_sequence() {
  std::atomic<int> state = 0;
  long data = 0;
  on_threads([&] { data = 1; state.store(1, std::memory_order_release); },
             [&] { int one = 1; while (!state.compare_exchange_weak(one, 2, std::memory_order_relaxed)) { one = 1; std::this_thread::yield(); } },
             [&] { while (state.load(std::memory_order_acquire) < 2) std::this_thread::yield(); use(data); });
}
void right_atomic_shared_ptr() {
  std::atomic<std::shared_ptr<long>> box = std::make_shared<long>(0);
  on_threads([&] { for (long i = 0; i < turns; ++i) box.store(std::make_shared<long>(i)); }, [&] { for (int i = 0; i < turns; ++i) use(*box.load()); });
}
void right_shared_ptr_counts() {
  auto value = std::make_shared<const long>(7);
  const auto copy = [&] { for (int i = 0; i < turns; ++i) { auto mine = value; use(*mine); } };
  on_threads(copy, copy);
}
void right_weak_ptr_lock() {
  auto value = std::make_shared<const long>(7);
  std::weak_ptr<const long> weak = value;
  on_threads([weak] { for (int i = 0; i < turns; ++i) if (auto mine = weak.lock()) use(*mine); }, [mine = std::move(value)]() mutable { mine.reset(); });
}
void right_call_once() {
  std::once_flag once;
  long data = 0;
  const auto get = [&] { std::call_once(once, [&] { data = 1; }); use(data); };
  on_threads(get, get, get);
}
void right_static_local() {
  const auto get = [] { static const std::vector<long> table(100, 1); use(table[7]); };
  on_threads(get, get);
}
void right_thread_local_values() {
  static thread_local std::vector<long> mine;
  const auto fill = [] { for (int i = 0; i < turns; ++i) mine.push_back(i); use(mine.back()); };
  on_threads(fill, fill);
}
void right_thread_create_join() {
  for (int i = 0; i < 10; ++i) {
    long data = i, result = 0;
    std::thread worker([&] { result = data + 1; });
    worker.join();
    use(result);
  }
}
void right_jthread_stop() {
  long steps = 0;
  { std::jthread worker([&](const std::stop_token& stop) { while (!stop.stop_requested()) { ++steps; std::this_thread::yield(); } }); }
  use(steps);
}
void right_stop_callback() {
  std::stop_source source;
  std::atomic<long> called = 0;
  on_threads([&] { std::stop_callback callback(source.get_token(), [&] { ++called; }); while (!source.stop_requested()) std::this_thread::yield(); },
             [&] { source.request_stop(); });
  use(called);
}
void right_promise_value() {
  std::promise<std::vector<long>> promise;
  auto future = promise.get_future();
  on_threads([&] { promise.set_value({1, 2, 3}); }, [&] { use(future.get()[1]); });
}
void right_promise_exception() {
  for (int i = 0; i < 20; ++i) {
    std::promise<long> promise;
    auto future = promise.get_future();
    on_threads([promise = std::move(promise)]() mutable { try { throw std::runtime_error("no"); } catch (...) { promise.set_exception(std::current_exception()); } },
               [future = std::move(future)]() mutable { try { use(future.get()); } catch (const std::runtime_error& e) { use(e.what()[0]); } });
  }
}
void right_packaged_task() {
  std::packaged_task<long()> task([] { return 7L; });
  auto future = task.get_future();
  on_threads([task = std::move(task)]() mutable { task(); }, [&] { use(future.get()); });
}
void right_packaged_task_exception() {
  for (int i = 0; i < 20; ++i) {
    std::packaged_task<long()> task([]() -> long { throw std::runtime_error("no"); });
    auto future = task.get_future();
    on_threads([task = std::move(task)]() mutable { task(); },
               [future = std::move(future)]() mutable { try { use(future.get()); } catch (const std::exception& e) { use(e.what()[0]); } });
  }
}
void right_async_values() {
  auto a = std::async(std::launch::async, [] { return 1L; }), b = std::async(std::launch::async, [] { return 2L; });
  use(a.get() + b.get());
}
void right_shared_future_many() {
  std::promise<std::string> promise;
  std::shared_future<std::string> future = promise.get_future().share();
  const auto get = [future] { use(future.get()[0]); };
  on_threads(get, get, [&] { promise.set_value("x"); });
}
void right_exception_ptr_across() {
  for (int i = 0; i < 20; ++i) {
    std::exception_ptr error;
    std::thread thrower([&] { try { throw std::logic_error("no"); } catch (...) { error = std::current_exception(); } });
    thrower.join();
    try { std::rethrow_exception(std::move(error)); } catch (const std::exception& e) { use(e.what()[0]); }
  }
}
void right_regex_in_two_threads() {
  const auto match = [] { const std::regex pattern("[a-z]+[0-9]*"); use(std::regex_match("abc1", pattern)); };
  on_threads(match, match);
}
void right_streams_of_their_own() {
  const auto print = [] { for (int i = 0; i < turns; ++i) { std::ostringstream out; out << i << ' ' << 1.5; use(static_cast<long>(out.str().size())); } };
  on_threads(print, print);
}
void right_pthread_mutex_cond() {
  pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t cv = PTHREAD_COND_INITIALIZER;
  bool ready = false;
  on_threads([&] { pthread_mutex_lock(&m); while (!ready) pthread_cond_wait(&cv, &m); pthread_mutex_unlock(&m); },
             [&] { pthread_mutex_lock(&m); ready = true; pthread_cond_signal(&cv); pthread_mutex_unlock(&m); });
}
void right_pthread_rwlock() {
  pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
  long value = 0;
  on_threads([&] { for (int i = 0; i < turns; ++i) { pthread_rwlock_rdlock(&lock); use(value); pthread_rwlock_unlock(&lock); } },
             [&] { for (int i = 0; i < turns; ++i) { pthread_rwlock_wrlock(&lock); ++value; pthread_rwlock_unlock(&lock); } });
}
void right_pthread_rwlock_clock() {
  pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
  long value = 0;
  on_threads([&] { for (int i = 0; i < turns; ++i) { const timespec at = soon(CLOCK_MONOTONIC); pthread_rwlock_clockrdlock(&lock, CLOCK_MONOTONIC, &at); use(value); pthread_rwlock_unlock(&lock); } },
             [&] { for (int i = 0; i < turns; ++i) { const timespec at = soon(CLOCK_MONOTONIC); pthread_rwlock_clockwrlock(&lock, CLOCK_MONOTONIC, &at); ++value; pthread_rwlock_unlock(&lock); } });
}
void right_pthread_barrier() {
  pthread_barrier_t sync;
  pthread_barrier_init(&sync, nullptr, 2);
  long cells[2] = {0, 0};
  on_threads([&] { cells[0] = 1; pthread_barrier_wait(&sync); use(cells[1]); }, [&] { cells[1] = 1; pthread_barrier_wait(&sync); use(cells[0]); });
  pthread_barrier_destroy(&sync);
}
void right_pthread_once_spin() {
  pthread_spinlock_t spin;
  pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
  long sum = 0;
  const auto add = [&] { for (int i = 0; i < turns; ++i) { pthread_spin_lock(&spin); ++sum; pthread_spin_unlock(&spin); } };
  on_threads(add, add);
  pthread_spin_destroy(&spin);
  use(sum);
}
void right_posix_semaphore() {
  sem_t full;
  sem_init(&full, 0, 0);
  long data = 0;
  on_threads([&] { data = 1; sem_post(&full); }, [&] { while (sem_wait(&full) != 0) {} use(data); });
  sem_destroy(&full);
}
void right_posix_semaphore_clockwait() {
  sem_t full;
  sem_init(&full, 0, 0);
  long data = 0;
  on_threads([&] { data = 1; sem_post(&full); },
             [&] { timespec at = soon(CLOCK_MONOTONIC); while (sem_clockwait(&full, CLOCK_MONOTONIC, &at) != 0) at = soon(CLOCK_MONOTONIC); use(data); });
  sem_destroy(&full);
}
void right_pthread_mutex_clocklock() {
  pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
  long sum = 0;
  const auto add = [&] { for (int i = 0; i < turns; ++i) { timespec at = soon(CLOCK_MONOTONIC); while (pthread_mutex_clocklock(&m, CLOCK_MONOTONIC, &at) != 0) at = soon(CLOCK_MONOTONIC); ++sum; pthread_mutex_unlock(&m); } };
  on_threads(add, add);
  use(sum);
}
void right_pipe_orders() {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("pipe");
  long data = 0;
  on_threads([&] { data = 1; char c = 'x'; while (write(ends[1], &c, 1) != 1) {} }, [&] { char c = 0; while (read(ends[0], &c, 1) != 1) {} use(data); });
  close(ends[0]);
  close(ends[1]);
}
void right_disjoint_elements() {
  std::vector<long> cells(4, 0);
  const auto fill = [&](std::size_t at) { return [&, at] { for (int i = 0; i < turns; ++i) ++cells[at]; }; };
  on_threads(fill(0), fill(1), fill(2), fill(3));
  use(cells[3]);
}

}  // namespace pdc
