// expect: misuse line 9
// get throws the exception of the other task again, in a thread that does not catch it.
#include <future>
#include <stdexcept>
#include <thread>

int main() {
  auto result = std::async(std::launch::async, []() -> int { throw std::runtime_error("failed"); });
  std::thread t([&] { result.get(); });
  t.join();
}
