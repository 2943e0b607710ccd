// The constructor of a static local throws the first time, and the next thread that comes builds it.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> attempts = 0;

struct Fussy {
  Fussy() {
    if (attempts.fetch_add(1) == 0) throw 1;
  }
  int value = 5;
};

int use() {
  for (;;) {
    try {
      static Fussy it;
      return it.value;
    } catch (int) {
    }
  }
}

int main() {
  std::thread t([] { assert(use() == 5); });
  assert(use() == 5);
  t.join();
  assert(attempts == 2);
}
