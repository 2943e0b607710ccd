// A promise that ends without a value makes the other side throw broken_promise instead of waiting for ever.
#include <cassert>
#include <future>
#include <thread>
#include <utility>

int main() {
  std::promise<int> promise;
  auto future = promise.get_future();
  std::thread t([p = std::move(promise)]() mutable { std::promise<int> gone = std::move(p); });
  bool broken = false;
  try {
    future.get();
  } catch (const std::future_error& error) {
    broken = error.code() == std::future_errc::broken_promise;
  }
  t.join();
  assert(broken);
}
