// expect: deadlock line 13
// Each transfer locks the source and then the target, so two opposite transfers wait for each other.
#include <mutex>
#include <thread>

struct Account {
  std::mutex m;
  int balance = 10;
};

void transfer(Account& from, Account& to, int n) {
  std::lock_guard source(from.m);
  std::lock_guard target(to.m);
  from.balance -= n;
  to.balance += n;
}

int main() {
  Account x, y;
  std::thread a([&] { transfer(x, y, 1); }), b([&] { transfer(y, x, 2); });
  a.join();
  b.join();
}
