// Spins without a yield on an atomic flag; a fair scheduler lets the other thread set it.
#include <atomic>
#include <cassert>
#include <thread>

int main() {
  std::atomic<int> stage = 0;
  std::thread t([&] {
    while (stage.load() != 1) {
    }
    stage.store(2);
  });
  stage.store(1);
  while (stage.load() != 2) {
  }
  t.join();
  assert(stage == 2);
}
