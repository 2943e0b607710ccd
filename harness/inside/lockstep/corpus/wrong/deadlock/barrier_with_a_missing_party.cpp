// expect: deadlock line 8
// The barrier is made for three, but only two threads come.
#include <barrier>
#include <thread>

int main() {
  std::barrier meet(3);
  const auto run = [&] { meet.arrive_and_wait(); };
  std::thread a(run), b(run);
  a.join();
  b.join();
}
