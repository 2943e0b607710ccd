// expect: data_race line 10 11
// The neighbour's slot is read before the barrier instead of after it.
#include <barrier>
#include <thread>

std::barrier meet(2);
int slot[2], seen[2];

void run(int me) {
  slot[me] = 1;
  seen[me] = slot[1 - me];
  meet.arrive_and_wait();
}

int main() {
  std::thread a(run, 0), b(run, 1);
  a.join();
  b.join();
}
