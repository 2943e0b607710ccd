// expect: wrong_answer line 12 19
// The number is raised in one atomic step and read in another one, so two threads can get the same.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> last = 0;
int got[2];

void draw(int me) {
  last.fetch_add(1);
  got[me] = last.load();
}

int main() {
  std::thread a(draw, 0), b(draw, 1);
  a.join();
  b.join();
  assert(got[0] != got[1]);
}
