// expect: data_race line 12 14
// One thread takes the lock for the counter, the other one does not.
#include <mutex>
#include <thread>

std::mutex m;
int count = 0;

int main() {
  std::thread careful([] {
    std::lock_guard guard(m);
    ++count;
  });
  std::thread careless([] { ++count; });
  careful.join();
  careless.join();
}
