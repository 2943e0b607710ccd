// Who finds the mutex taken, or is told so for no reason, takes another way that is as good.
#include <cassert>
#include <mutex>
#include <thread>

int main() {
  std::mutex shared, spare;
  int in_shared = 0, in_spare = 0;
  const auto work = [&] {
    if (shared.try_lock()) {
      ++in_shared;
      shared.unlock();
    } else {
      std::lock_guard guard(spare);
      ++in_spare;
    }
  };
  std::thread a(work), b(work);
  work();
  a.join();
  b.join();
  assert(in_shared + in_spare == 3);
}
