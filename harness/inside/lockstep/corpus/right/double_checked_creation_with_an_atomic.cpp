// Double-checked creation: an acquire load first, the mutex only for who finds nothing, a release store to publish.
#include <atomic>
#include <cassert>
#include <mutex>
#include <thread>

struct Config {
  int value = 21;
};
std::atomic<Config*> current = nullptr;
std::mutex m;
int created = 0;

Config& config() {
  Config* it = current.load(std::memory_order_acquire);
  if (!it) {
    std::lock_guard guard(m);
    it = current.load(std::memory_order_relaxed);
    if (!it) {
      it = new Config;
      ++created;
      current.store(it, std::memory_order_release);
    }
  }
  return *it;
}

int main() {
  std::thread a([] { assert(config().value == 21); });
  std::thread b([] { assert(config().value == 21); });
  a.join();
  b.join();
  assert(created == 1);
  delete current.load();
}
