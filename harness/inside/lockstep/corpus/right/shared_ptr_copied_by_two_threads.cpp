// Copies of a shared_ptr live in several threads; the object dies once, after the last of them.
#include <atomic>
#include <cassert>
#include <memory>
#include <thread>
#include <utility>

std::atomic<int> destroyed = 0;
struct Thing {
  int value = 3;
  ~Thing() {
    value = 0;
    ++destroyed;
  }
};

int main() {
  auto thing = std::make_shared<Thing>();
  std::thread a([copy = thing] { assert(copy->value == 3); });
  std::thread b([copy = thing] {
    auto another = copy;
    assert(another->value == 3);
  });
  thing.reset();
  a.join();
  b.join();
  assert(destroyed == 1);
}
