// A thread_local starts anew in each thread and is not shared.
#include <cassert>
#include <thread>

thread_local int own = 1;

int main() {
  own = 10;
  const auto run = [] {
    assert(own == 1);
    own += 5;
    assert(own == 6);
  };
  std::thread a(run), b(run);
  a.join();
  b.join();
  assert(own == 10);
}
