// try_acquire_for either gets the permit, and then the data is there, or reports that it did not.
#include <cassert>
#include <chrono>
#include <semaphore>
#include <thread>

int main() {
  std::binary_semaphore ready(0);
  int data = 0;
  std::thread writer([&] {
    data = 8;
    ready.release();
  });
  if (ready.try_acquire_for(std::chrono::milliseconds(2))) {
    assert(data == 8);
  } else {
    ready.acquire();
    assert(data == 8);
  }
  writer.join();
}
