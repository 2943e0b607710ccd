// A weak_ptr gives the whole object or nothing while the owner lets go of it.
#include <cassert>
#include <memory>
#include <thread>

int main() {
  auto owner = std::make_shared<int>(12);
  std::weak_ptr<int> watcher = owner;
  std::thread t([watcher] {
    if (const auto alive = watcher.lock()) assert(*alive == 12);
  });
  owner.reset();
  t.join();
  assert(watcher.expired());
}
