#include <barrier>
#include <latch>
#include <semaphore>
#include <shared_mutex>

#include <pthread.h>

#include "corpus.hpp"

namespace pdc {
namespace {

constexpr int turns = 200;
long static_count = 0;

// `body` often, on two threads at once.
template <class Body>
void on_two(const Body& body) {
  const auto run = [&] { for (int i = 0; i < turns; ++i) body(); };
  on_threads(run, run);
}
// `first` on one thread, `second` on the other, both often.
template <class First, class Second>
void against(const First& first, const Second& second) {
  on_threads([&] { for (int i = 0; i < turns; ++i) first(i); }, [&] { for (int i = 0; i < turns; ++i) second(i); });
}

struct Pair {
  long a = 0, b = 0, c = 0;
};
struct Bits {
  unsigned left : 4, right : 4;
};
struct Base {
  virtual ~Base() = default;
  virtual long get() const { return 1; }
};
struct Derived : Base {
  long get() const override { return 2; }
};

}  // namespace

void racy_plain_counter() { long n = 0; on_two([&] { ++n; }); use(n); }
void racy_plain_flag() { bool ready = false; long data = 0; against([&](int i) { data = i; ready = true; }, [&](int) { if (ready) use(data); }); }
void racy_two_mutexes() {
  std::mutex a, b;
  long n = 0;
  against([&](int) { std::lock_guard lock(a); ++n; }, [&](int) { std::lock_guard lock(b); ++n; });
}
void racy_reader_without_lock() { std::mutex m; long n = 0; against([&](int) { std::lock_guard lock(m); ++n; }, [&](int) { use(n); }); }
void racy_writer_under_shared_lock() { std::shared_mutex m; long n = 0; on_two([&] { std::shared_lock lock(m); ++n; }); }
void racy_read_after_unlock() { std::mutex m; long n = 0; on_two([&] { { std::lock_guard lock(m); ++n; } use(n); }); }
void racy_double_checked() {
  for (int i = 0; i < 20; ++i) {
    std::mutex m;
    long* object = nullptr;
    const auto get = [&] { if (object == nullptr) { std::lock_guard lock(m); if (object == nullptr) object = new long(7); } use(*object); };
    on_threads(get, get);
    delete object;
  }
}
void racy_vector_push() { std::vector<long> v; v.reserve(4 * turns); on_two([&] { v.push_back(1); }); }
void racy_vector_same_element() { std::vector<long> v(1, 0); on_two([&] { v[0] += 1; }); }
void racy_map_insert() {  // libstdc++ links the nodes in its own, uninstrumented code: what must be met is a node's key, so the reader comes second
  std::map<int, int> m;
  std::mutex guard;
  std::atomic<bool> filled = false;
  on_threads([&] { for (int i = 0; i < turns; ++i) { std::lock_guard lock(guard); m[i] = i; } filled.store(true, std::memory_order_relaxed); },
             [&] { while (!filled.load(std::memory_order_relaxed)) std::this_thread::yield(); use(static_cast<long>(m.count(1))); });
}
void racy_string_append() { std::string s(8 * turns, ' '); on_two([&] { s[3] = static_cast<char>(s[3] + 1); }); }
void racy_bool_stop() { bool stop = false; on_threads([&] { for (int i = 0; i < 100 * turns && !stop; ++i) {} }, [&] { stop = true; }); }
void racy_publish_pointer() {
  long value = 0;
  long* shared = nullptr;
  against([&](int) { shared = &value; }, [&](int) { if (shared != nullptr) use(*shared); });
}
void racy_relaxed_publish() {
  std::atomic<int> ready = 0;
  long data = 0;
  on_threads([&] { data = 1; ready.store(1, std::memory_order_relaxed); }, [&] { while (ready.load(std::memory_order_relaxed) == 0) std::this_thread::yield(); use(data); });
}
void racy_relaxed_counter_then_data() {
  std::atomic<int> done = 0;
  long cells[2] = {0, 0};
  on_threads([&] { cells[0] = 1; done.fetch_add(1, std::memory_order_relaxed); }, [&] { cells[1] = 1; done.fetch_add(1, std::memory_order_relaxed); },
             [&] { while (done.load(std::memory_order_relaxed) < 2) std::this_thread::yield(); use(cells[0] + cells[1]); });
}
void racy_condition_predicate_unlocked() {
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
  on_threads([&] { std::unique_lock lock(m); while (!ready) cv.wait_for(lock, ms(5)); }, [&] { ready = true; cv.notify_one(); });
}
void racy_use_after_notify() {
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
  long data = 0;
  on_threads([&] { std::unique_lock lock(m); cv.wait(lock, [&] { return ready; }); lock.unlock(); for (int i = 0; i < turns; ++i) use(data); },
             [&] { { std::lock_guard lock(m); ready = true; } cv.notify_one(); for (int i = 0; i < turns; ++i) data = i; });
}
void racy_latch_too_early() {
  std::latch done(1);
  long data = 0;
  on_threads([&] { done.count_down(); for (int i = 0; i < turns; ++i) data = i; }, [&] { done.wait(); for (int i = 0; i < turns; ++i) use(data); });
}
void racy_barrier_wrong_phase() {
  std::barrier sync(2);
  long data = 0;
  on_threads([&] { sync.arrive_and_wait(); for (int i = 0; i < turns; ++i) data = i; }, [&] { sync.arrive_and_wait(); for (int i = 0; i < turns; ++i) use(data); });
}
void racy_semaphore_two_permits() { std::counting_semaphore<2> two(2); long n = 0; on_two([&] { two.acquire(); ++n; two.release(); }); }
void racy_future_side_effect() {
  std::promise<void> promise;
  auto future = promise.get_future();
  long data = 0;
  on_threads([&] { promise.set_value(); for (int i = 0; i < turns; ++i) data = i; }, [&] { future.get(); for (int i = 0; i < turns; ++i) use(data); });
}
void racy_async_captures_local() {
  long n = 0;
  auto a = std::async(std::launch::async, [&] { for (int i = 0; i < turns; ++i) ++n; });
  for (int i = 0; i < turns; ++i) ++n;
  a.get();
}
void racy_detached_order() {
  static long data;
  std::atomic<bool> done = false;
  std::thread([&] { for (int i = 0; i < turns; ++i) data = i; done.store(true, std::memory_order_relaxed); }).detach();
  do { use(data); std::this_thread::yield(); } while (!done.load(std::memory_order_relaxed));
}
void racy_join_too_late() { long data = 0; std::thread worker([&] { for (int i = 0; i < turns; ++i) data = i; }); for (int i = 0; i < turns; ++i) use(data); worker.join(); }
void racy_thread_args_by_reference() {
  std::vector<std::thread> threads;
  int i = 0;
  for (; i < 8; ++i) threads.emplace_back([&i] { for (int k = 0; k < turns; ++k) use(i); });
  for (auto& thread : threads) thread.join();
}
void racy_shared_ptr_object() { auto p = std::make_shared<long>(0); on_two([p] { ++*p; }); }
void racy_shared_ptr_itself() { auto p = std::make_shared<long>(0); against([&](int) { auto fresh = std::make_shared<long>(1); p.swap(fresh); }, [&](int) { use(p.get() != nullptr); }); }
void racy_unique_ptr_reset() { long value = 0; long* p = &value; against([&](int i) { p = i % 2 == 0 ? nullptr : &value; }, [&](int) { use(p != nullptr); }); }
void racy_bit_fields() { Bits bits{0, 0}; against([&](int i) { bits.left = static_cast<unsigned>(i) & 15u; }, [&](int i) { bits.right = static_cast<unsigned>(i) & 15u; }); }
void racy_struct_copy() { Pair pair; against([&](int i) { pair = Pair{i, i, i}; }, [&](int) { Pair copy = pair; use(copy.a); }); }
void racy_array_neighbours_overlap() { long cells[3] = {0, 0, 0}; against([&](int) { cells[0] += 1; cells[1] += 1; }, [&](int) { cells[1] += 1; cells[2] += 1; }); }
void racy_static_counter() { on_two([] { ++static_count; }); }
void racy_lazy_cache() { long cache = 0; on_two([&] { if (cache == 0) cache = 42; use(cache); }); }
void racy_size_without_lock() { std::vector<long> v; v.reserve(2 * turns); std::mutex m; against([&](int i) { std::lock_guard lock(m); v.push_back(i); }, [&](int) { use(static_cast<long>(v.size())); }); }
void racy_iterator_while_insert() {
  std::vector<long> v(turns, 1);
  against([&](int i) { v[static_cast<std::size_t>(i)] = 2; }, [&](int) { long sum = 0; for (long x : v) sum += x; use(sum); });
}
void racy_optional_set() { std::optional<long> o; against([&](int i) { o = i; }, [&](int) { use(o.has_value()); }); }
void racy_function_replaced() { std::function<long()> f = [] { return 1L; }; bool changed = false; against([&](int) { changed = true; }, [&](int) { if (!changed) use(f()); }); }
void racy_atomic_and_plain() { long n = 0; against([&](int) { std::atomic_ref(n).fetch_add(1); }, [&](int) { ++n; }); }
void racy_spin_without_acquire() {
  std::atomic<bool> held = false;
  long n = 0;
  on_two([&] {
    while (held.exchange(true, std::memory_order_relaxed)) std::this_thread::yield();
    ++n;
    held.store(false, std::memory_order_relaxed);
  });
}
void racy_once_bypassed() { std::once_flag once; long data = 0; on_threads([&] { for (int i = 0; i < turns; ++i) std::call_once(once, [&] { data = 1; }); }, [&] { for (int i = 0; i < turns; ++i) use(data); }); }
void racy_rwlock_read_side_write() {
  pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
  long n = 0;
  on_two([&] { pthread_rwlock_rdlock(&lock); ++n; pthread_rwlock_unlock(&lock); });
}
void racy_pthread_key_shared_target() {
  pthread_key_t key{};
  pthread_key_create(&key, nullptr);
  long target = 0;
  on_two([&] { pthread_setspecific(key, &target); ++*static_cast<long*>(pthread_getspecific(key)); });
  pthread_key_delete(key);
}
void racy_virtual_table() { Derived first, second; Base* shared = &first; against([&](int i) { shared = i % 2 == 0 ? &first : &second; }, [&](int) { use(shared->get()); }); }
void racy_swap_unlocked() { long a = 1, b = 2; on_two([&] { std::swap(a, b); }); }

}  // namespace pdc
