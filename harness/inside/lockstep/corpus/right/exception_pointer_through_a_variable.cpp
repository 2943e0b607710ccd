// An exception_ptr is stored by a thread and thrown again after the join.
#include <cassert>
#include <exception>
#include <thread>

int main() {
  std::exception_ptr stored;
  std::thread t([&] {
    try {
      throw 17;
    } catch (...) {
      stored = std::current_exception();
    }
  });
  t.join();
  try {
    std::rethrow_exception(stored);
  } catch (int n) {
    assert(n == 17);
    return 0;
  }
  return 1;
}
