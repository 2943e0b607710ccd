// expect: deadlock line 9
// A public function that locks calls another one that locks the same plain mutex.
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
    add(n);
    add(n);
  }

 private:
  std::mutex m_;
  int balance_ = 0;
};

int main() {
  Account account;
  std::thread t([&] { account.add_twice(1); });
  t.join();
}
