// What a packaged_task throws arrives at the future, not at the top of the thread.
#include <cassert>
#include <future>
#include <thread>
#include <utility>

int main() {
  std::packaged_task<int()> task([]() -> int { throw 3; });
  auto result = task.get_future();
  std::thread t(std::move(task));
  int caught = 0;
  try {
    result.get();
  } catch (int n) {
    caught = n;
  }
  t.join();
  assert(caught == 3);
}
