// set_value_at_thread_exit makes the result ready only when the thread_local objects are gone.
// not under tsan: what libstdc++ does at the end of a thread is not instrumented
#include <cassert>
#include <future>
#include <thread>

int destroyed = 0;
struct Local {
  int touched = 0;
  ~Local() { destroyed = 1; }
};
thread_local Local local;

int main() {
  std::promise<int> promise;
  auto result = promise.get_future();
  std::thread t([&] {
    promise.set_value_at_thread_exit(4);
    local.touched = 1;
  });
  assert(result.get() == 4);
  t.join();
  assert(destroyed == 1);
}
