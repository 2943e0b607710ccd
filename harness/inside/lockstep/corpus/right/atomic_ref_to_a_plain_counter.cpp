// While the threads run, a plain variable is used through atomic_ref only; before and after it is used plainly.
#include <atomic>
#include <cassert>
#include <thread>

int main() {
  int count = 0;
  count = 1;
  const auto add = [&] { std::atomic_ref<int>(count).fetch_add(1); };
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(count == 3);
}
