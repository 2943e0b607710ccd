// A packaged_task is moved into a thread, and its result is fetched by the one that packed it.
#include <cassert>
#include <future>
#include <thread>
#include <utility>

int main() {
  std::packaged_task<int(int)> task([](int n) { return n * n; });
  auto result = task.get_future();
  std::thread t(std::move(task), 6);
  assert(result.get() == 36);
  t.join();
}
