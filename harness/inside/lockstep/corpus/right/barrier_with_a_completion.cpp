// The completion function of a barrier runs alone between the phases and needs no lock.
#include <barrier>
#include <cassert>
#include <thread>

int total = 0, part[2];

int main() {
  std::barrier meet(2, []() noexcept { total += part[0] + part[1]; });
  const auto run = [&](int me) {
    for (int phase = 1; phase <= 2; ++phase) {
      part[me] = phase;
      meet.arrive_and_wait();
      assert(total == (phase == 1 ? 2 : 6));
    }
  };
  std::thread a(run, 0), b(run, 1);
  a.join();
  b.join();
}
