// A sense-reversing barrier of atomics, whose last arrival turns the sense around.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> missing = 2;
std::atomic<bool> sense = false;
int slot[2];

void meet(bool& mine) {
  mine = !mine;
  if (missing.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    missing.store(2, std::memory_order_relaxed);
    sense.store(mine, std::memory_order_release);
  } else {
    while (sense.load(std::memory_order_acquire) != mine) std::this_thread::yield();
  }
}

void run(int me) {
  bool mine = false;
  slot[me] = 1;
  meet(mine);
  assert(slot[1 - me] == 1);
  meet(mine);
}

int main() {
  std::thread a(run, 0), b(run, 1);
  a.join();
  b.join();
}
