// Two threads wait for the same result through their own copies of a shared_future.
#include <cassert>
#include <future>
#include <thread>

int main() {
  std::promise<int> promise;
  const std::shared_future<int> result = promise.get_future().share();
  std::thread a([result] { assert(result.get() == 5); });
  std::thread b([result] { assert(result.get() == 5); });
  promise.set_value(5);
  a.join();
  b.join();
}
