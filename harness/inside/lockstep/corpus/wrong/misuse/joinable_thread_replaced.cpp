// expect: misuse line 7
// A new thread is assigned to a std::thread that was not joined yet.
#include <thread>

int main() {
  std::thread t([] {});
  t = std::thread([] {});
  t.join();
}
