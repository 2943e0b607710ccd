// A detached thread has the condition notified when it is really over, and the main thread waits for that.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

std::mutex& mutex_of_all = *new std::mutex;
std::condition_variable& done_of_all = *new std::condition_variable;
bool done = false;
int result = 0;

int main() {
  std::thread([] {
    std::unique_lock lock(mutex_of_all);
    result = 6;
    done = true;
    std::notify_all_at_thread_exit(done_of_all, std::move(lock));
  }).detach();
  std::unique_lock lock(mutex_of_all);
  while (!done) done_of_all.wait(lock);
  assert(result == 6);
}
