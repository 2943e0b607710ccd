// expect: deadlock line 25
// The only worker runs a task that waits for another task, which stands in the queue behind it.
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

std::mutex m;
std::condition_variable cv;
std::deque<std::function<void()>> tasks;

void submit(std::function<void()> task) {
  std::lock_guard guard(m);
  tasks.push_back(std::move(task));
  cv.notify_one();
}

int main() {
  std::promise<void> inner_done;
  submit([&] {
    submit([&] { inner_done.set_value(); });
    inner_done.get_future().wait();
  });
  std::thread worker([] {
    for (int i = 0; i < 2; ++i) {
      std::unique_lock lock(m);
      cv.wait(lock, [] { return !tasks.empty(); });
      auto task = std::move(tasks.front());
      tasks.pop_front();
      lock.unlock();
      task();
    }
  });
  worker.join();
}
