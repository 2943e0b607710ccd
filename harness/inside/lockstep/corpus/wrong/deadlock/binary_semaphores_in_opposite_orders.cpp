// expect: deadlock line 11 16
// Two binary semaphores as locks, taken in opposite orders.
#include <semaphore>
#include <thread>

std::binary_semaphore a(1), b(1);

int main() {
  std::thread forward([] {
    a.acquire();
    b.acquire();
    b.release();
    a.release();
  });
  b.acquire();
  a.acquire();
  a.release();
  b.release();
  forward.join();
}
