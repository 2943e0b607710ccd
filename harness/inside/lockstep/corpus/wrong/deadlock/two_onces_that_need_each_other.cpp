// expect: deadlock line 9 10
// Two initialisations each need the other one; two threads begin at opposite ends.
#include <mutex>
#include <thread>

std::once_flag a, b;

int main() {
  std::thread t([] { std::call_once(a, [] { std::call_once(b, [] {}); }); });
  std::call_once(b, [] { std::call_once(a, [] {}); });
  t.join();
}
