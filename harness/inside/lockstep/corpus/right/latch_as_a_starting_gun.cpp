// Workers wait at a latch until the data that they read is there.
#include <cassert>
#include <latch>
#include <thread>

int main() {
  std::latch start(1);
  int data = 0;
  const auto work = [&] {
    start.wait();
    assert(data == 9);
  };
  std::thread a(work), b(work);
  data = 9;
  start.count_down();
  a.join();
  b.join();
}
