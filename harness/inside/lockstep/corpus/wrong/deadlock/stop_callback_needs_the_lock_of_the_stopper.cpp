// expect: deadlock line 13
// request_stop runs the callback in the thread that holds the lock which the callback wants.
#include <mutex>
#include <stop_token>
#include <thread>

int main() {
  std::mutex m;
  std::stop_source source;
  bool stopped = false;
  std::thread t([&] {
    std::stop_callback callback(source.get_token(), [&] {
      std::lock_guard guard(m);
      stopped = true;
    });
    std::lock_guard guard(m);
    source.request_stop();
  });
  t.join();
}
