// Two transfers name the accounts in opposite orders; std::scoped_lock takes both without a deadlock.
#include <cassert>
#include <mutex>
#include <thread>

struct Account {
  std::mutex m;
  int balance = 10;
};

void transfer(Account& from, Account& to, int n) {
  std::scoped_lock lock(from.m, to.m);
  from.balance -= n;
  to.balance += n;
}

int main() {
  Account x, y;
  std::thread a([&] { transfer(x, y, 3); });
  std::thread b([&] { transfer(y, x, 5); });
  a.join();
  b.join();
  assert(x.balance == 12 && y.balance == 8);
}
