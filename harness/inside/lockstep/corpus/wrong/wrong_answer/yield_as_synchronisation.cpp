// expect: wrong_answer line 11 12
// A yield lets others run if the scheduler likes; it does not wait for them.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<bool> done = false;

int main() {
  std::thread worker([] { done = true; });
  std::this_thread::yield();
  assert(done);
  worker.join();
}
