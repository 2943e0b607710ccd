// expect: data_race line 11 20
// The lock that both take afterwards hides the race in one of the two orders, not in the other one.
#include <mutex>
#include <thread>

std::mutex m;
int value = 0, count = 0;

int main() {
  std::thread a([] {
    value = 1;
    std::lock_guard guard(m);
    ++count;
  });
  std::thread b([] {
    {
      std::lock_guard guard(m);
      ++count;
    }
    value = 2;
  });
  a.join();
  b.join();
}
