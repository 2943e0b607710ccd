// Three threads arrive at a latch and wait there, so all have counted before any goes on.
#include <atomic>
#include <cassert>
#include <latch>
#include <thread>

int main() {
  std::latch meet(3);
  std::atomic<int> before = 0;
  const auto run = [&] {
    before.fetch_add(1, std::memory_order_relaxed);
    meet.arrive_and_wait();
    assert(before.load(std::memory_order_relaxed) == 3);
  };
  std::thread a(run), b(run);
  run();
  a.join();
  b.join();
}
