// expect: deadlock line 10
// The latch waits for three, though only two workers count down.
#include <latch>
#include <thread>

int main() {
  std::latch done(3);
  const auto work = [&] { done.count_down(); };
  std::thread a(work), b(work);
  done.wait();
  a.join();
  b.join();
}
