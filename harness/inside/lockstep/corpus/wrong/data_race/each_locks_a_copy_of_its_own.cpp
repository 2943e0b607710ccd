// expect: data_race line 11
// The mutex is a local variable, so that each call has its own and nobody is kept out.
#include <mutex>
#include <thread>

int count = 0;

void add() {
  std::mutex m;
  std::lock_guard guard(m);
  ++count;
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
}
