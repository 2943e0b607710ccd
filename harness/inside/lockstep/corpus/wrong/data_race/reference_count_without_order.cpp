// expect: data_race line 12 18
// The reference count is decremented relaxed, so the deletion is not ordered after the other's last use.
#include <atomic>
#include <thread>

struct Shared {
  std::atomic<int> uses = 2;
  int value = 0;
};

void release(Shared* it) {
  if (it->uses.fetch_sub(1, std::memory_order_relaxed) == 1) delete it;
}

int main() {
  Shared* it = new Shared;
  std::thread t([it] {
    it->value = 1;
    release(it);
  });
  release(it);
  t.join();
}
