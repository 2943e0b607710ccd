// expect: livelock line 11
// A future is asked in slices of a millisecond for a value that its promise never gets.
#include <chrono>
#include <future>
#include <thread>

int main() {
  std::promise<int> promise;
  auto result = promise.get_future();
  std::thread t([&] {
    while (result.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
    }
  });
  t.join();
  promise.set_value(1);
}
