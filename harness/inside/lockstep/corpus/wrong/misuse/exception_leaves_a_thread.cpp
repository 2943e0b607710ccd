// expect: misuse line 7
// An exception leaves the function of a thread, which ends the whole program.
#include <stdexcept>
#include <thread>

int main() {
  std::thread t([] { throw std::runtime_error("nobody catches it here"); });
  try {
    t.join();
  } catch (const std::runtime_error&) {
  }
}
