// expect: deadlock line 11 20
// The thread ends while main holds the lock that its thread_local's destructor needs, and main joins under it.
#include <mutex>
#include <thread>

std::mutex m;
int total = 0;
struct Local {
  int count = 0;
  ~Local() {
    std::lock_guard guard(m);
    total += count;
  }
};
thread_local Local local;

int main() {
  std::thread t([] { ++local.count; });
  std::lock_guard guard(m);
  t.join();
}
