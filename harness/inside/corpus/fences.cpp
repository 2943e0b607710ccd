// Programs with atomic_thread_fence, which ThreadSanitizer does not model: an object of their own, because the fences of an object change how
// all of it is run.
#include "corpus.hpp"

namespace pdc {
namespace {

constexpr int turns = 200;

}  // namespace

void right_message_passing() {
  for (int i = 0; i < turns; ++i) {
    long data = 0;
    std::atomic<bool> ready = false;
    on_threads(
        [&] {
          data = 42;
          std::atomic_thread_fence(std::memory_order_release);
          ready.store(true, std::memory_order_relaxed);
        },
        [&] {
          if (!ready.load(std::memory_order_relaxed)) return;
          std::atomic_thread_fence(std::memory_order_acquire);
          use(data);
        });
  }
}

// The way shared_ptr counts: only the last owner needs to see what the others did.
void right_reference_count() {
  for (int i = 0; i < turns; ++i) {
    struct Counted {
      std::atomic<int> owners = 2;
      long value = 0;
    };
    auto* counted = new Counted;
    std::atomic<long> sum = 0;
    const auto drop = [counted, &sum] {
      sum.fetch_add(counted->value, std::memory_order_relaxed);
      if (counted->owners.fetch_sub(1, std::memory_order_release) != 1) return;
      std::atomic_thread_fence(std::memory_order_acquire);
      counted->value = -1;
      delete counted;
    };
    on_threads(drop, drop);
  }
}

void right_last_of_many() {
  for (int i = 0; i < turns; ++i) {
    long parts[3] = {};
    std::atomic<int> left = 3;
    const auto work = [&](int me) {
      parts[me] = me;
      std::atomic_thread_fence(std::memory_order_release);
      if (left.fetch_sub(1, std::memory_order_relaxed) != 1) return;
      std::atomic_thread_fence(std::memory_order_acquire);
      use(parts[0] + parts[1] + parts[2]);
    };
    on_threads([&] { work(0); }, [&] { work(1); }, [&] { work(2); });
  }
}

void racy_counter_beside_a_fence() {
  long count = 0;
  const auto add = [&] {
    for (int i = 0; i < turns; ++i) {
      std::atomic_thread_fence(std::memory_order_seq_cst);
      ++count;
    }
  };
  on_threads(add, add);
  use(count);
}

void racy_fence_on_one_side() {
  long data = 0;
  on_threads(
      [&] {
        for (int i = 0; i < turns; ++i) data = i;
        std::atomic_thread_fence(std::memory_order_release);
      },
      [&] {
        for (int i = 0; i < turns; ++i) use(data);
      });
}

}  // namespace pdc
