// The handle of a thread is moved to another thread, which joins it.
#include <cassert>
#include <thread>
#include <utility>

int main() {
  int value = 0;
  std::thread worker([&] { value = 4; });
  std::thread joiner([w = std::move(worker), &value]() mutable {
    w.join();
    assert(value == 4);
    value = 5;
  });
  joiner.join();
  assert(value == 5);
}
