// expect: data_race line 10
// Each thread has its own object with its own lock, but the counter is static and belongs to both.
#include <mutex>
#include <thread>

class Counter {
 public:
  void add() {
    std::lock_guard guard(m_);
    ++total_;
  }

 private:
  std::mutex m_;
  static int total_;
};
int Counter::total_ = 0;

int main() {
  Counter one, two;
  std::thread a([&] { one.add(); }), b([&] { two.add(); });
  a.join();
  b.join();
}
