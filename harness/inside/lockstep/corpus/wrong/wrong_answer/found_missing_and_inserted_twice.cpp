// expect: wrong_answer line 32 37
// find and insert each lock the table, but another thread fits between them.
#include <algorithm>
#include <cassert>
#include <mutex>
#include <thread>
#include <vector>

class Table {
 public:
  bool has(int key) {
    std::lock_guard guard(m_);
    return std::count(keys_.begin(), keys_.end(), key) > 0;
  }
  void insert(int key) {
    std::lock_guard guard(m_);
    keys_.push_back(key);
  }
  std::size_t size() {
    std::lock_guard guard(m_);
    return keys_.size();
  }

 private:
  std::mutex m_;
  std::vector<int> keys_;
};

int main() {
  Table table;
  const auto add = [&] {
    if (!table.has(7)) table.insert(7);
  };
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(table.size() == 1);
}
