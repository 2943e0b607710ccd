// Two threads add to one counter, each addition under one mutex.
#include <cassert>
#include <mutex>
#include <thread>

int main() {
  std::mutex m;
  int count = 0;
  const auto add = [&] {
    for (int i = 0; i < 2; ++i) {
      std::lock_guard guard(m);
      ++count;
    }
  };
  std::thread first(add), second(add);
  first.join();
  second.join();
  assert(count == 4);
}
