// expect: livelock line 22 23 24
// The writer of a sequence lock leaves early and never makes the number even again, so the reader tries for ever.
#include <atomic>
#include <thread>

std::atomic<unsigned> sequence = 0;
std::atomic<int> value = 0;

void write(int to) {
  ++sequence;
  if (value == to) return;
  value = to;
  ++sequence;
}

int main() {
  std::thread t([] {
    write(1);
    write(1);
  });
  for (;;) {
    const unsigned before = sequence;
    const int seen = value;
    if (before % 2 == 0 && sequence == before && seen == 1) break;
    std::this_thread::yield();
  }
  t.join();
}
