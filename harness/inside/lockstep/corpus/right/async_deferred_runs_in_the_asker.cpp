// A deferred task runs in the thread that asks for its result.
#include <cassert>
#include <future>
#include <thread>

int main() {
  auto later = std::async(std::launch::deferred, [] { return std::this_thread::get_id(); });
  assert(later.wait_for(std::chrono::seconds(0)) == std::future_status::deferred);
  std::thread::id asker;
  std::thread t([&] {
    asker = std::this_thread::get_id();
    assert(later.get() == asker);
  });
  t.join();
}
