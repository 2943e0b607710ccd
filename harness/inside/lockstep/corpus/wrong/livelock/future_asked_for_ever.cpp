// expect: livelock line 10
// A deferred task is never ready, however often its future is asked, since nobody calls get.
#include <chrono>
#include <future>
#include <thread>

int main() {
  auto result = std::async(std::launch::deferred, [] { return 1; });
  std::thread t([&] {
    while (result.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) std::this_thread::yield();
  });
  t.join();
  return result.get() - 1;
}
