// Waits in a loop for a counter to reach zero; each wait is for a change from the value last seen.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> left = 2;
int part[2];

void work(int me) {
  part[me] = me + 1;
  left.fetch_sub(1, std::memory_order_release);
  left.notify_one();
}

int main() {
  std::thread a(work, 0), b(work, 1);
  for (int now = left.load(std::memory_order_acquire); now != 0; now = left.load(std::memory_order_acquire))
    left.wait(now, std::memory_order_acquire);
  assert(part[0] + part[1] == 3);
  a.join();
  b.join();
}
