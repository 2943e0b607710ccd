// expect: deadlock line 11
// Three philosophers each take the left fork first: all of them can hold one and wait for the next one.
#include <mutex>
#include <thread>

std::mutex fork_of[3];
int meals[3];

void eat(int seat) {
  std::lock_guard left(fork_of[seat]);
  std::lock_guard right(fork_of[(seat + 1) % 3]);
  ++meals[seat];
}

int main() {
  std::thread a(eat, 0), b(eat, 1), c(eat, 2);
  a.join();
  b.join();
  c.join();
}
