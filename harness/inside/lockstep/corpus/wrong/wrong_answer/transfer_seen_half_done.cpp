// expect: wrong_answer line 16 21
// The money is taken from one account and given to the other one in two critical sections; an observer sees it missing.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex m;
int a = 10, b = 10;

int main() {
  std::thread transfer([] {
    {
      std::lock_guard guard(m);
      a -= 3;
    }
    std::lock_guard guard(m);
    b += 3;
  });
  {
    std::lock_guard guard(m);
    assert(a + b == 20);
  }
  transfer.join();
}
