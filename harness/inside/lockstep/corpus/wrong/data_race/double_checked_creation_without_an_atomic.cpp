// expect: data_race line 10 12
// The first look of the double-checked creation reads a plain pointer without the lock.
#include <mutex>
#include <thread>

int* it = nullptr;
std::mutex m;

int use() {
  if (!it) {
    std::lock_guard guard(m);
    if (!it) it = new int(3);
  }
  return *it;
}

int main() {
  std::thread a([] { use(); }), b([] { use(); });
  a.join();
  b.join();
}
