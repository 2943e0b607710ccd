// A thread arrives, does work that nobody waits for, and waits only then.
#include <barrier>
#include <cassert>
#include <thread>
#include <utility>

int main() {
  std::barrier meet(2);
  int published = 0, own = 0;
  std::thread t([&] {
    published = 1;
    auto token = meet.arrive();
    own = 2;
    meet.wait(std::move(token));
  });
  meet.arrive_and_wait();
  assert(published == 1);
  t.join();
  assert(own == 2);
}
