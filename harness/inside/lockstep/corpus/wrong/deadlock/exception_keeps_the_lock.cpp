// expect: deadlock line 10
// An exception skips the unlock that was written by hand, so the next one waits for ever.
#include <mutex>
#include <stdexcept>
#include <thread>

std::mutex m;

void work(bool fails) {
  m.lock();
  if (fails) throw std::runtime_error("fails");
  m.unlock();
}

int main() {
  std::thread t([] {
    try {
      work(true);
    } catch (const std::runtime_error&) {
    }
    work(false);
  });
  t.join();
}
