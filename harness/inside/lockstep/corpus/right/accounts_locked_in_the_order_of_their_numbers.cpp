// Transfers lock the account with the lower number first, and a transfer to itself locks once.
#include <cassert>
#include <mutex>
#include <thread>

struct Account {
  std::mutex m;
  int balance = 10;
} account[2];

void transfer(int from, int to, int n) {
  if (from == to) return;
  std::lock_guard first(account[from < to ? from : to].m);
  std::lock_guard second(account[from < to ? to : from].m);
  account[from].balance -= n;
  account[to].balance += n;
}

int main() {
  std::thread a(transfer, 0, 1, 4), b(transfer, 1, 0, 1);
  transfer(1, 1, 5);
  a.join();
  b.join();
  assert(account[0].balance == 7 && account[1].balance == 13);
}
