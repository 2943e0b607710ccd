// Two readers meet while both hold the shared lock, which a shared_mutex must let them.
#include <cassert>
#include <latch>
#include <shared_mutex>
#include <thread>

int main() {
  std::shared_mutex m;
  std::latch both(2);
  const int value = 5;
  const auto read = [&] {
    std::shared_lock lock(m);
    both.arrive_and_wait();
    assert(value == 5);
  };
  std::thread a(read), b(read);
  a.join();
  b.join();
}
