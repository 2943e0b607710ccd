// expect: deadlock line 14
// The worker sets the promise only if the setting was there in time.
#include <atomic>
#include <future>
#include <thread>

int main() {
  std::promise<void> done;
  std::atomic<bool> enabled = false;
  std::thread worker([&] {
    if (enabled) done.set_value();
  });
  enabled = true;
  done.get_future().wait();
  worker.join();
}
