// expect: deadlock line 12 16
// Two detached threads block each other for ever, which main never notices: it sleeps and ends.
#include <chrono>
#include <mutex>
#include <thread>

std::mutex a, b;

int main() {
  std::thread([] {
    std::lock_guard first(a);
    std::lock_guard second(b);
  }).detach();
  std::thread([] {
    std::lock_guard first(b);
    std::lock_guard second(a);
  }).detach();
  std::this_thread::sleep_for(std::chrono::seconds(1));
}
