// A public function that locks calls another one that locks the same recursive mutex.
#include <cassert>
#include <mutex>
#include <thread>

class Account {
 public:
  void add(int n) {
    std::lock_guard guard(m_);
    balance_ += n;
  }
  void add_twice(int n) {
    std::lock_guard guard(m_);
    const int before = balance_;
    add(n);
    add(n);
    assert(balance_ == before + 2 * n);
  }
  int balance() {
    std::lock_guard guard(m_);
    return balance_;
  }

 private:
  std::recursive_mutex m_;
  int balance_ = 0;
};

int main() {
  Account account;
  std::thread a([&] { account.add_twice(1); });
  std::thread b([&] { account.add_twice(10); });
  a.join();
  b.join();
  assert(account.balance() == 22);
}
