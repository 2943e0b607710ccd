// expect: wrong_answer line 13 14 18
// The reader announces what it uses and looks again, but without a sequentially consistent order the owner may not see it.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> current = 1, announced = 0, retired = 0;

int main() {
  std::thread reader([] {
    const int mine = current.load(std::memory_order_acquire);
    announced.store(mine, std::memory_order_release);
    if (current.load(std::memory_order_acquire) != mine) return;
    assert(retired.load() != mine);
    announced.store(0, std::memory_order_release);
  });
  current.store(2, std::memory_order_release);
  if (announced.load(std::memory_order_acquire) != 1) retired.store(1);
  reader.join();
}
