// expect: deadlock line 13 18
// A list is locked hand over hand by two threads that come from opposite ends.
#include <mutex>
#include <thread>

std::mutex node[3];

int main() {
  std::thread forward([] {
    node[0].lock();
    node[1].lock();
    node[0].unlock();
    node[2].lock();
    node[1].unlock();
    node[2].unlock();
  });
  node[2].lock();
  node[1].lock();
  node[2].unlock();
  node[1].unlock();
  forward.join();
}
