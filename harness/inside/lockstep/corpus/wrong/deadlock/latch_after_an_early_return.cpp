// expect: deadlock line 16
// A worker that finds nothing to do returns without counting down.
#include <atomic>
#include <latch>
#include <thread>

std::atomic<int> left = 1;

int main() {
  std::latch done(2);
  const auto work = [&] {
    if (left.fetch_sub(1) <= 0) return;
    done.count_down();
  };
  std::thread a(work), b(work);
  done.wait();
  a.join();
  b.join();
}
