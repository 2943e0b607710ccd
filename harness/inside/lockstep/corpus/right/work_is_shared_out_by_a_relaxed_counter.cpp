// Threads draw distinct indices from a relaxed counter and write distinct elements; the joins order the rest.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> next_index = 0;
int square[3];

void work() {
  for (int i; (i = next_index.fetch_add(1, std::memory_order_relaxed)) < 3;) square[i] = i * i;
}

int main() {
  std::thread a(work), b(work);
  a.join();
  b.join();
  assert(square[0] == 0 && square[1] == 1 && square[2] == 4);
}
