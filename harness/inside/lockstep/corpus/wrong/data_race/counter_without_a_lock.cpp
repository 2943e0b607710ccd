// expect: data_race line 7
// Two threads add to a plain counter and nothing orders them.
#include <thread>

int count = 0;

void add() { ++count; }

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
}
