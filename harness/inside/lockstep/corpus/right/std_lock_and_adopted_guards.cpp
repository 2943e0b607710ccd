// std::lock takes three mutexes at once, guards adopt them, and the other thread takes one of them alone.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex a, b, c;
int va = 0, vb = 0, vc = 0;

int main() {
  std::thread all([] {
    std::lock(c, a, b);
    std::lock_guard ga(a, std::adopt_lock), gb(b, std::adopt_lock), gc(c, std::adopt_lock);
    ++va;
    ++vb;
    ++vc;
  });
  std::thread one([] {
    std::lock_guard guard(b);
    ++vb;
  });
  all.join();
  one.join();
  assert(va == 1 && vb == 2 && vc == 1);
}
