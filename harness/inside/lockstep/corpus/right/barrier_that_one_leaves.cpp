// One thread drops out of the barrier after the first phase, and the other one goes on alone.
#include <barrier>
#include <cassert>
#include <thread>

int main() {
  std::barrier meet(2);
  int shared = 0, read_later = 0;
  std::thread leaver([&] {
    shared = 1;
    meet.arrive_and_drop();
  });
  meet.arrive_and_wait();
  assert(shared == 1);
  meet.arrive_and_wait();
  read_later = shared;
  leaver.join();
  assert(read_later == 1);
}
