// A reader waits under a shared lock with condition_variable_any until the writer has written.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

int main() {
  std::shared_mutex m;
  std::condition_variable_any cv;
  int version = 0;
  std::thread reader([&] {
    std::shared_lock lock(m);
    cv.wait(lock, [&] { return version > 0; });
    assert(version == 1);
  });
  {
    std::lock_guard guard(m);
    version = 1;
  }
  cv.notify_all();
  reader.join();
}
