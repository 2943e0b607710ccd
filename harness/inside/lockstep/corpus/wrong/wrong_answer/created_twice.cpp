// expect: wrong_answer line 13 21
// Two threads both find the atomic pointer empty, and both create the object.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int*> it = nullptr;
std::atomic<int> created = 0;

void ensure() {
  if (!it.load()) {
    ++created;
    it.store(new int(1));
  }
}

int main() {
  std::thread a(ensure), b(ensure);
  a.join();
  b.join();
  assert(created == 1);
}
