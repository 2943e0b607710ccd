// expect: deadlock line 13
// A transfer from an account to itself locks the same mutex twice.
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
  Account x;
  std::thread t([&] { transfer(x, x, 1); });
  t.join();
}
