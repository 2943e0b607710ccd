// expect: deadlock line 11 15
// Two threads take the same two locks in opposite orders.
#include <mutex>
#include <thread>

std::mutex a, b;

int main() {
  std::thread forward([] {
    std::lock_guard first(a);
    std::lock_guard second(b);
  });
  std::thread backward([] {
    std::lock_guard first(b);
    std::lock_guard second(a);
  });
  forward.join();
  backward.join();
}
