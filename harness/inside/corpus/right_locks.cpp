#include <shared_mutex>

#include "corpus.hpp"

namespace pdc {
namespace {

constexpr int turns = 50;

// Adds on two threads, each addition inside `guarded`, and reads after the join.
template <class Guarded>
void add_on_two(const Guarded& guarded) {
  long sum = 0;
  const auto add = [&] {
    for (int i = 0; i < turns; ++i) guarded([&] { ++sum; });
  };
  on_threads(add, add);
  use(sum);
}

}  // namespace

void right_mutex_lock_guard() {
  std::mutex m;
  add_on_two([&](auto body) { std::lock_guard lock(m); body(); });
}
void right_mutex_scoped_lock_two() {
  std::mutex a, b;
  add_on_two([&](auto body) { std::scoped_lock lock(a, b); body(); });
}
void right_std_lock_opposite_orders() {
  std::mutex a, b;
  long sum = 0;
  on_threads([&] { for (int i = 0; i < turns; ++i) { std::lock(a, b); ++sum; a.unlock(); b.unlock(); } },
             [&] { for (int i = 0; i < turns; ++i) { std::lock(b, a); ++sum; a.unlock(); b.unlock(); } });
  use(sum);
}
void right_unique_lock_deferred() {
  std::mutex m;
  add_on_two([&](auto body) { std::unique_lock lock(m, std::defer_lock); lock.lock(); body(); lock.unlock(); });
}
void right_unique_lock_try() {
  std::mutex m;
  add_on_two([&](auto body) { std::unique_lock lock(m, std::try_to_lock); if (!lock) lock.lock(); body(); });
}
void right_recursive_mutex() {
  std::recursive_mutex m;
  add_on_two([&](auto body) { std::lock_guard outer(m); std::lock_guard inner(m); body(); });
}
void right_timed_mutex_try_for() {
  std::timed_mutex m;
  add_on_two([&](auto body) { while (!m.try_lock_for(ms(50))) {} body(); m.unlock(); });
}
void right_timed_mutex_try_until() {
  std::timed_mutex m;
  add_on_two([&](auto body) { while (!m.try_lock_until(std::chrono::system_clock::now() + ms(50))) {} body(); m.unlock(); });
}
void right_recursive_timed_mutex() {
  std::recursive_timed_mutex m;
  add_on_two([&](auto body) { while (!m.try_lock_for(ms(50))) {} m.lock(); body(); m.unlock(); m.unlock(); });
}
void right_shared_mutex_readers_writer() {
  std::shared_mutex m;
  long value = 0;
  const auto read = [&] { for (int i = 0; i < turns; ++i) { std::shared_lock lock(m); use(value); } };
  on_threads(read, read, [&] { for (int i = 0; i < turns; ++i) { std::unique_lock lock(m); ++value; } });
}
void right_shared_timed_mutex_for() {
  std::shared_timed_mutex m;
  long value = 0;
  on_threads([&] { for (int i = 0; i < turns; ++i) { while (!m.try_lock_shared_for(ms(50))) {} use(value); m.unlock_shared(); } },
             [&] { for (int i = 0; i < turns; ++i) { while (!m.try_lock_for(ms(50))) {} ++value; m.unlock(); } });
}
void right_lock_order_with_gate() {
  std::mutex gate, a, b;
  long sum = 0;
  on_threads([&] { for (int i = 0; i < turns; ++i) { std::lock_guard g(gate); std::lock_guard x(a); std::lock_guard y(b); ++sum; } },
             [&] { for (int i = 0; i < turns; ++i) { std::lock_guard g(gate); std::lock_guard y(b); std::lock_guard x(a); ++sum; } });
  use(sum);
}
void right_lock_order_in_phases() {
  std::mutex a, b;
  long sum = 0;
  on_threads([&] { std::lock_guard x(a); std::lock_guard y(b); ++sum; });
  on_threads([&] { std::lock_guard y(b); std::lock_guard x(a); ++sum; });
  use(sum);
}
void right_adopt_lock() {
  std::mutex m;
  add_on_two([&](auto body) { m.lock(); std::lock_guard lock(m, std::adopt_lock); body(); });
}
void right_mutex_destroyed_after_unlock() {
  for (int i = 0; i < 20; ++i) {
    auto m = std::make_unique<std::mutex>();
    long sum = 0;
    const auto add = [&, raw = m.get()] { std::lock_guard lock(*raw); ++sum; };
    on_threads(add, add);
    m.reset();
    use(sum);
  }
}
void right_condition_wait() {
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
  long data = 0;
  on_threads([&] { std::unique_lock lock(m); cv.wait(lock, [&] { return ready; }); use(data); },
             [&] { std::lock_guard lock(m); data = 1; ready = true; cv.notify_one(); });
}
void right_condition_wait_for() {
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
  on_threads([&] { std::unique_lock lock(m); while (!cv.wait_for(lock, ms(20), [&] { return ready; })) {} },
             [&] { std::lock_guard lock(m); ready = true; cv.notify_all(); });
}
void right_condition_wait_until_system() {
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
  on_threads([&] { std::unique_lock lock(m); while (!ready) cv.wait_until(lock, std::chrono::system_clock::now() + ms(20)); },
             [&] { std::lock_guard lock(m); ready = true; cv.notify_all(); });
}
void right_condition_notify_after_unlock() {
  std::mutex m;
  std::condition_variable cv;
  long items = 0;
  on_threads([&] { for (int i = 0; i < turns; ++i) { std::unique_lock lock(m); cv.wait(lock, [&] { return items > 0; }); --items; } },
             [&] { for (int i = 0; i < turns; ++i) { { std::lock_guard lock(m); ++items; } cv.notify_one(); } });
}
void right_condition_any_shared() {
  std::shared_mutex m;
  std::condition_variable_any cv;
  bool ready = false;
  on_threads([&] { std::shared_lock lock(m); cv.wait(lock, [&] { return ready; }); },
             [&] { std::unique_lock lock(m); ready = true; cv.notify_all(); });
}
void right_condition_any_stop_token() {
  std::mutex m;
  std::condition_variable_any cv;
  std::jthread waiter([&](const std::stop_token& stop) { std::unique_lock lock(m); cv.wait(lock, stop, [] { return false; }); });
  waiter.request_stop();
}
void right_condition_destroyed_after_notify() {
  for (int i = 0; i < 20; ++i) {
    auto cv = std::make_unique<std::condition_variable>();
    auto m = std::make_unique<std::mutex>();
    bool ready = false;
    std::thread setter([&, c = cv.get(), l = m.get()] { std::lock_guard lock(*l); ready = true; c->notify_one(); });
    { std::unique_lock lock(*m); cv->wait(lock, [&] { return ready; }); }
    setter.join();
  }
}
void right_notify_at_thread_exit() {
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
  std::thread setter([&] { std::unique_lock lock(m); ready = true; std::notify_all_at_thread_exit(cv, std::move(lock)); });
  { std::unique_lock lock(m); cv.wait(lock, [&] { return ready; }); }
  setter.join();
}

}  // namespace pdc
