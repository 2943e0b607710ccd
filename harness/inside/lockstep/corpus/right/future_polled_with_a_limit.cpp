// Asks a future again and again with a limit, until the result is there.
#include <cassert>
#include <chrono>
#include <future>

int main() {
  auto result = std::async(std::launch::async, [] { return 9; });
  while (result.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
  }
  assert(result.get() == 9);
}
