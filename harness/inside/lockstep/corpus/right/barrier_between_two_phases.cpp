// Each thread writes its own slot, meets the others, and reads the neighbour's slot.
#include <barrier>
#include <cassert>
#include <thread>

int main() {
  std::barrier meet(2);
  int slot[2] = {};
  const auto run = [&](int me) {
    slot[me] = me + 1;
    meet.arrive_and_wait();
    assert(slot[1 - me] == 2 - me);
  };
  std::thread a(run, 0), b(run, 1);
  a.join();
  b.join();
}
