// A stop_callback runs exactly once, in the thread that asks or in the one that registers too late.
#include <atomic>
#include <cassert>
#include <stop_token>
#include <thread>

int main() {
  std::stop_source source;
  std::atomic<int> called = 0;
  std::thread asker([&] { source.request_stop(); });
  {
    std::stop_callback callback(source.get_token(), [&] { ++called; });
    asker.join();
  }
  assert(called == 1);
}
