// expect: deadlock line 16 20
// Two threads block each other while a third one goes on to its end, and main waits for all.
#include <atomic>
#include <mutex>
#include <thread>

std::mutex a, b;
std::atomic<int> steps = 0;

int main() {
  std::thread runner([] {
    for (int i = 0; i < 3; ++i) steps.fetch_add(1);
  });
  std::thread forward([] {
    std::lock_guard first(a);
    std::lock_guard second(b);
  });
  std::thread backward([] {
    std::lock_guard first(b);
    std::lock_guard second(a);
  });
  runner.join();
  forward.join();
  backward.join();
}
