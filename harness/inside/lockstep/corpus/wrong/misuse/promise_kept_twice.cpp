// expect: misuse line 9
// Two threads keep the same promise; the second one throws, and the exception leaves its thread.
#include <future>
#include <thread>

int main() {
  std::promise<int> promise;
  auto result = promise.get_future();
  const auto keep = [&](int value) { promise.set_value(value); };
  std::thread a(keep, 1), b(keep, 2);
  a.join();
  b.join();
  return result.get() > 2;
}
