// expect: wrong_answer line 13 14
// A hand-made readers-writer lock looks for readers before it takes the writer's mark: a reader slips in between.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> readers = 0;
std::atomic<bool> writing = false;

int main() {
  std::thread writer([] {
    while (readers != 0) std::this_thread::yield();
    writing = true;
    assert(readers == 0);
    writing = false;
  });
  while (writing) std::this_thread::yield();
  ++readers;
  --readers;
  writer.join();
}
