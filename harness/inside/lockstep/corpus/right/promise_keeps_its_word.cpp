// A value goes from one thread to another through a promise, with what was written before it.
#include <cassert>
#include <future>
#include <thread>

int main() {
  std::promise<int> promise;
  auto future = promise.get_future();
  int aside = 0;
  std::thread t([&] {
    aside = 1;
    promise.set_value(41);
  });
  assert(future.get() + aside == 42);
  t.join();
}
