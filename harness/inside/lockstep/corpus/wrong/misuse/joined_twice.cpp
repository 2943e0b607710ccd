// expect: misuse line 8
// std::thread::join is called on a thread that was joined already, and throws what nobody catches.
#include <thread>

int main() {
  std::thread t([] {});
  t.join();
  t.join();
}
