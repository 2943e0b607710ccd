// Two threads hand a value to and fro with two binary semaphores.
#include <cassert>
#include <semaphore>
#include <thread>

int main() {
  std::binary_semaphore ping(1), pong(0);
  int value = 0;
  std::thread even([&] {
    for (int i = 0; i < 2; ++i) {
      ping.acquire();
      assert(value % 2 == 0);
      ++value;
      pong.release();
    }
  });
  for (int i = 0; i < 2; ++i) {
    pong.acquire();
    assert(value % 2 == 1);
    ++value;
    ping.release();
  }
  even.join();
  assert(value == 4);
}
