// Three philosophers take the fork of the lower number first.
#include <algorithm>
#include <cassert>
#include <mutex>
#include <thread>

std::mutex fork_of[3];
int meals[3];

void eat(int seat) {
  const int left = seat, right = (seat + 1) % 3;
  std::lock_guard lower(fork_of[std::min(left, right)]);
  std::lock_guard upper(fork_of[std::max(left, right)]);
  ++meals[seat];
}

int main() {
  std::thread a(eat, 0), b(eat, 1), c(eat, 2);
  a.join();
  b.join();
  c.join();
  assert(meals[0] + meals[1] + meals[2] == 3);
}
