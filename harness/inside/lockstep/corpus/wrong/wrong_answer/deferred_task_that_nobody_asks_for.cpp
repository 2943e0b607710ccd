// expect: wrong_answer line 12
// The task was launched deferred and never runs, since nobody asks for its result.
#include <atomic>
#include <cassert>
#include <chrono>
#include <future>

int main() {
  std::atomic<bool> done = false;
  auto later = std::async(std::launch::deferred, [&] { done = true; });
  later.wait_for(std::chrono::seconds(1));
  assert(done);
}
