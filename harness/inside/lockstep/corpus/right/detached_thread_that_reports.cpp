// A detached thread reports its end under a lock, on objects that outlive everybody.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

struct Shared {
  std::mutex m;
  std::condition_variable cv;
  int finished = 0;
};

int main() {
  Shared& shared = *new Shared;
  for (int i = 0; i < 2; ++i) {
    std::thread([&shared] {
      std::lock_guard guard(shared.m);
      ++shared.finished;
      shared.cv.notify_one();
    }).detach();
  }
  std::unique_lock lock(shared.m);
  shared.cv.wait(lock, [&] { return shared.finished == 2; });
  assert(shared.finished == 2);
}
