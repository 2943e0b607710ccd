// Polls a semaphore with try_acquire, which may fail for no reason, and yields between the attempts.
#include <cassert>
#include <semaphore>
#include <thread>

int main() {
  std::binary_semaphore ready(0);
  int data = 0;
  std::thread writer([&] {
    data = 8;
    ready.release();
  });
  while (!ready.try_acquire()) std::this_thread::yield();
  assert(data == 8);
  writer.join();
}
