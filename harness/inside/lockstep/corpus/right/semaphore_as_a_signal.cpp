// What was written before release is seen after acquire; release of two wakes two.
#include <cassert>
#include <semaphore>
#include <thread>

int main() {
  std::counting_semaphore<2> permits(0);
  int data = 0;
  std::thread writer([&] {
    data = 4;
    permits.release(2);
  });
  permits.acquire();
  permits.acquire();
  assert(data == 4);
  writer.join();
}
