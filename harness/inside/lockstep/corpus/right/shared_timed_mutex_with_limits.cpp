// A reader and a writer of a shared_timed_mutex each try for a while and live with a failure.
#include <cassert>
#include <chrono>
#include <mutex>
#include <shared_mutex>
#include <thread>

int main() {
  using namespace std::chrono_literals;
  std::shared_timed_mutex m;
  int value = 0, seen = -1;
  bool written = false;
  std::thread writer([&] {
    std::unique_lock lock(m, 3ms);
    if (lock) {
      value = 1;
      written = true;
    }
  });
  std::thread reader([&] {
    std::shared_lock lock(m, std::chrono::steady_clock::now() + 3ms);
    if (lock) seen = value;
  });
  writer.join();
  reader.join();
  assert(value == written);
  assert(seen == -1 || seen == 0 || (seen == 1 && written));
}
