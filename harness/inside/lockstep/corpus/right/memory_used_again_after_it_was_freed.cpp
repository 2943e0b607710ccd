// One thread frees what another may get from the allocator next: no race, though the addresses are the same.
#include <cassert>
#include <thread>

int work(int value) {
  int* own = new int(value);
  *own += 1;
  const int result = *own;
  delete own;
  return result;
}

int main() {
  std::thread a([] { assert(work(1) == 2); });
  std::thread b([] { assert(work(2) == 3); });
  assert(work(3) == 4);
  a.join();
  b.join();
}
