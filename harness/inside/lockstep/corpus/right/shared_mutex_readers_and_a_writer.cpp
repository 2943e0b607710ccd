// Readers of a shared_mutex see both halves of what the writer changes, or neither.
#include <cassert>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_mutex m;
int left = 0, right = 0;

void look() {
  std::shared_lock lock(m);
  assert(left == right);
}

int main() {
  std::thread r1(look), r2(look);
  {
    std::unique_lock lock(m);
    ++left;
    ++right;
  }
  r1.join();
  r2.join();
}
