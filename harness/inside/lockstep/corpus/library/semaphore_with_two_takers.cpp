// Two threads take turns with a binary semaphore of the library as a lock. Right by the standard.
// library: in libstdc++ 12, acquire keeps the count that it read before it spun and sleeps on that; a count that has come back to it meanwhile
// (taken and released by another thread) lets it sleep with a permit free, and nobody wakes it.
#include <cassert>
#include <semaphore>
#include <thread>

int main() {
  std::binary_semaphore door(1);
  int count = 0;
  const auto add = [&] {
    for (int i = 0; i < 2; ++i) {
      door.acquire();
      ++count;
      door.release();
    }
  };
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(count == 4);
}
