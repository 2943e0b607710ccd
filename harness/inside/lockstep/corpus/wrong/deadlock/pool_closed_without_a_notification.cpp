// expect: deadlock line 15
// The pool is closed, but the workers who sleep are not told.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
int tasks = 1;
bool closed = false;

void work() {
  std::unique_lock lock(m);
  for (;;) {
    cv.wait(lock, [] { return closed || tasks > 0; });
    if (tasks == 0) return;
    --tasks;
  }
}

int main() {
  std::thread worker(work);
  {
    std::lock_guard guard(m);
    closed = true;
  }
  worker.join();
}
