// expect: wrong_answer line 11 12
// expired is asked first and lock called afterwards: the object can go in between.
#include <cassert>
#include <memory>
#include <thread>

int main() {
  auto owner = std::make_shared<int>(1);
  std::thread t([watcher = std::weak_ptr<int>(owner)] {
    if (!watcher.expired()) {
      const auto alive = watcher.lock();
      assert(alive != nullptr);
    }
  });
  owner.reset();
  t.join();
}
