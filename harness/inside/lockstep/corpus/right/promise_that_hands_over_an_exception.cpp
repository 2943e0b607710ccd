// An exception that a thread caught is thrown again where its result is asked for.
#include <cassert>
#include <exception>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

int main() {
  std::promise<void> promise;
  auto future = promise.get_future();
  std::thread t([&] {
    try {
      throw std::runtime_error("no luck");
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  });
  bool caught = false;
  try {
    future.get();
  } catch (const std::runtime_error& error) {
    caught = std::string(error.what()) == "no luck";
  }
  t.join();
  assert(caught);
}
