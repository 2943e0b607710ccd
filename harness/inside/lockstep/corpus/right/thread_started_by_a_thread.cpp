// A thread starts another one and joins it; what the inner one wrote is visible to the outermost.
#include <cassert>
#include <thread>

int main() {
  int value = 1;
  std::thread outer([&] {
    value *= 2;
    std::thread inner([&] { value *= 5; });
    inner.join();
    value += 1;
  });
  outer.join();
  assert(value == 11);
}
