// expect: deadlock line 9
// The promise lives on, but nobody sets it.
#include <future>
#include <thread>

int main() {
  std::promise<int> promise;
  auto result = promise.get_future();
  std::thread t([&] { return result.get(); });
  t.join();
}
