// expect: wrong_answer line 15 17
// The balance is checked under the lock and taken under the lock, but not under the same hold of it.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex m;
int balance = 10;

bool covers(int n) {
  std::lock_guard guard(m);
  return balance >= n;
}
void take(int n) {
  std::lock_guard guard(m);
  balance -= n;
  assert(balance >= 0);
}

int main() {
  const auto withdraw = [] {
    if (covers(8)) take(8);
  };
  std::thread a(withdraw), b(withdraw);
  a.join();
  b.join();
}
