// expect: wrong_answer line 20
// wait_for is called once, as if it could only end by its time limit.
// explore: --spurious
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>

using namespace std::chrono;

static std::mutex m;
static std::condition_variable changed;

int main() {
  const auto begin = steady_clock::now();
  {
    std::unique_lock lock(m);
    changed.wait_for(lock, milliseconds(50));
  }
  assert(steady_clock::now() - begin >= milliseconds(50));
}
