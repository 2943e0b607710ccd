// expect: wrong_answer line 13 14
// main sleeps for as long as the worker "needs" and takes its result for granted.
// explore: --time adversarial
#include <atomic>
#include <cassert>
#include <chrono>
#include <thread>

std::atomic<int> result = 0;

int main() {
  std::thread worker([] { result = 42; });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  assert(result == 42);
  worker.join();
}
