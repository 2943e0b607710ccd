// expect: wrong_answer line 17 18
// The latch is made for one worker, but two of them have to be ready.
#include <atomic>
#include <cassert>
#include <latch>
#include <thread>

std::atomic<int> ready = 0;

int main() {
  std::latch done(1);
  std::thread a([&] {
    ++ready;
    done.count_down();
  });
  std::thread b([&] { ++ready; });
  done.wait();
  assert(ready == 2);
  a.join();
  b.join();
}
