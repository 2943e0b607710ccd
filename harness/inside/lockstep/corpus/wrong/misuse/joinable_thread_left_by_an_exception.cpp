// expect: misuse line 7 8 10 14
// An exception leaves the scope between the start and the join of a thread.
#include <stdexcept>
#include <thread>

void work() {
  std::thread t([] {});
  throw std::runtime_error("before the join");
  t.join();
}

int main() {
  try {
    work();
  } catch (const std::runtime_error&) {
  }
}
