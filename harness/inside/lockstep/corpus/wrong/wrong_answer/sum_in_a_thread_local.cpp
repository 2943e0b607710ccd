// expect: wrong_answer line 9 12
// The sum is thread_local, so main looks at its own, to which nobody has added.
#include <cassert>
#include <thread>

thread_local int sum = 0;

int main() {
  std::thread a([] { sum += 1; }), b([] { sum += 2; });
  a.join();
  b.join();
  assert(sum == 3);
}
