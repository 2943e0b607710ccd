// expect: data_race line 12
// The spin lock looks whether it is free and takes it in two steps, so two threads can take it.
#include <atomic>
#include <thread>

std::atomic<bool> taken = false;
int count = 0;

void add() {
  while (taken.load()) std::this_thread::yield();
  taken.store(true);
  ++count;
  taken.store(false);
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
}
