// A buffer of two places with two counting semaphores and a mutex, two consumers. Right by the standard.
// library: in libstdc++ 12, acquire can sleep through a release whose count looks like the one that it read before it spun.
#include <cassert>
#include <mutex>
#include <semaphore>
#include <thread>

int main() {
  std::counting_semaphore<2> free_places(2), used_places(0);
  std::mutex m;
  int place[2] = {}, filled = 0, sum = 0;
  const auto consume = [&] {
    used_places.acquire();
    {
      std::lock_guard guard(m);
      sum += place[--filled];
    }
    free_places.release();
  };
  std::thread a(consume), b(consume);
  for (int i = 1; i <= 2; ++i) {
    free_places.acquire();
    {
      std::lock_guard guard(m);
      place[filled++] = i;
    }
    used_places.release();
  }
  a.join();
  b.join();
  assert(sum == 3);
}
