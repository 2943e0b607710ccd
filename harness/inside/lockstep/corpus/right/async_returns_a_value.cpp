// Two asynchronous tasks write nothing that is shared and hand back their results.
#include <cassert>
#include <future>

int main() {
  const auto twice = [](int n) { return 2 * n; };
  auto a = std::async(std::launch::async, twice, 3);
  auto b = std::async(std::launch::async, twice, 4);
  assert(a.get() + b.get() == 14);
}
