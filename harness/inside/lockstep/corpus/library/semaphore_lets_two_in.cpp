// A counting semaphore of the library lets at most two of three threads in. Right by the standard.
// library: in libstdc++ 12, acquire can sleep through a release whose count looks like the one that it read before it spun.
#include <atomic>
#include <cassert>
#include <semaphore>
#include <thread>

int main() {
  std::counting_semaphore<2> seats(2);
  std::atomic<int> inside = 0;
  const auto sit = [&] {
    seats.acquire();
    assert(inside.fetch_add(1) < 2);
    inside.fetch_sub(1);
    seats.release();
  };
  std::thread a(sit), b(sit);
  sit();
  a.join();
  b.join();
}
