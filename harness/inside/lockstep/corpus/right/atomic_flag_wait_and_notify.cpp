// An atomic_flag as an event: test_and_set by one, wait by the other.
#include <atomic>
#include <cassert>
#include <thread>

int main() {
  std::atomic_flag done;
  int result = 0;
  std::thread t([&] {
    result = 1;
    done.test_and_set();
    done.notify_all();
  });
  done.wait(false);
  assert(result == 1 && done.test());
  t.join();
}
