// An object is filled without a lock, handed over under one, and read and deleted without one by its new owner.
#include <cassert>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

int main() {
  std::mutex m;
  std::condition_variable cv;
  std::unique_ptr<int> offered;
  std::thread maker([&] {
    auto mine = std::make_unique<int>();
    *mine = 6;
    std::lock_guard guard(m);
    offered = std::move(mine);
    cv.notify_one();
  });
  std::unique_ptr<int> owned;
  {
    std::unique_lock lock(m);
    cv.wait(lock, [&] { return offered != nullptr; });
    owned = std::move(offered);
  }
  *owned += 1;
  assert(*owned == 7);
  maker.join();
}
