// expect: deadlock line 13 19
// Producers and consumers wait on one condition; notify_one can wake one of the same kind, who sleeps again.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
int stored = 0;

void put(int value) {
  std::unique_lock lock(m);
  while (stored != 0) cv.wait(lock);
  stored = value;
  cv.notify_one();
}
void get() {
  std::unique_lock lock(m);
  while (stored == 0) cv.wait(lock);
  stored = 0;
  cv.notify_one();
}

int main() {
  std::thread c1(get), c2(get), p([] {
    put(1);
    put(2);
  });
  c1.join();
  c2.join();
  p.join();
}
