// A buffer of one place with a condition for "not full" and one for "not empty".
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

class Buffer {
 public:
  void put(int value) {
    std::unique_lock lock(m_);
    not_full_.wait(lock, [this] { return !place_; });
    place_ = value;
    not_empty_.notify_one();
  }
  int get() {
    std::unique_lock lock(m_);
    not_empty_.wait(lock, [this] { return place_.has_value(); });
    const int value = *place_;
    place_.reset();
    not_full_.notify_one();
    return value;
  }

 private:
  std::mutex m_;
  std::condition_variable not_full_, not_empty_;
  std::optional<int> place_;
};

int main() {
  Buffer buffer;
  std::thread producer([&] {
    for (int i = 1; i <= 3; ++i) buffer.put(i);
  });
  for (int i = 1; i <= 3; ++i) assert(buffer.get() == i);
  producer.join();
}
