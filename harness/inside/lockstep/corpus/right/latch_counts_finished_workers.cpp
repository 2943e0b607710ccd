// The main thread waits at a latch until every worker has stored its part.
#include <cassert>
#include <latch>
#include <thread>

int main() {
  std::latch done(2);
  int part[2] = {};
  const auto work = [&](int me) {
    part[me] = 10 + me;
    done.count_down();
  };
  std::thread a(work, 0), b(work, 1);
  done.wait();
  assert(part[0] + part[1] == 21 && done.try_wait());
  a.join();
  b.join();
}
