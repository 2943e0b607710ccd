// A thread that does not get the lock in time leaves the work out and says so.
#include <cassert>
#include <chrono>
#include <mutex>
#include <thread>

int main() {
  std::timed_mutex m;
  int done = 0;
  bool got[2] = {};
  const auto work = [&](int me) {
    if (m.try_lock_for(std::chrono::milliseconds(5))) {
      ++done;
      got[me] = true;
      m.unlock();
    }
  };
  std::thread a(work, 0), b(work, 1);
  a.join();
  b.join();
  assert(done == got[0] + got[1]);
}
