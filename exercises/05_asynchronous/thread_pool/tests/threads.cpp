// Which threads there are, counted in /proc/self/task, and which of them run the tasks.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "harness/inside/testkit/testkit.hpp"
#include "tests/gate.hpp"
#include "thread_pool.hpp"

using lockstep::testkit::Worker;
using pdc::ThreadPool;
using Value = ThreadPool::Value;

namespace {

// A thread that was joined may still be on its way out: PF_EXITING in the flags of proc(5), the seventh field behind the name.
bool is_exiting(const std::string& stat) {
  std::istringstream fields(stat.substr(stat.rfind(')') + 1));
  std::string state;
  long parent, group, session, terminal, foreground;
  unsigned long flags = 0;
  fields >> state >> parent >> group >> session >> terminal >> foreground >> flags;
  return (flags & 4) != 0;
}

std::size_t count_threads() {
  std::size_t count = 0;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream file(thread.path() / "stat");
    std::string stat;
    if (std::getline(file, stat) && !is_exiting(stat)) ++count;
  }
  return count;
}

// A listing may be cut short if a thread ends meanwhile, so a number counts when it has been seen twice.
std::size_t threads_now() {
  for (std::size_t count = count_threads();;) {
    const std::size_t again = count_threads();
    if (again == count) return count;
    count = again;
  }
}

}  // namespace

TEST(Threads, AreStartedByTheConstructor) {
  const std::size_t before = threads_now();
  ThreadPool pool(3);
  EXPECT_EQ(threads_now() - before, 3u);
  EXPECT_EQ(pool.submit([] { return 1; }).get(), 1);
  EXPECT_EQ(threads_now() - before, 3u);
  ThreadPool other(1);
  EXPECT_EQ(threads_now() - before, 4u);
}

// More tasks than workers, and each one is held: exactly one per worker has started.
TEST(Threads, RunOneTaskAtATimeEach) {
  for (const std::size_t workers : {1u, 2u, 3u}) {
    Gate gate;
    const std::size_t before = threads_now();
    ThreadPool pool(workers);
    const OpensAtEnd at_end(gate);
    std::vector<std::thread::id> ids(2 * workers);
    std::vector<std::future<Value>> futures;
    for (std::thread::id& id : ids)
      futures.push_back(pool.submit([&gate, &id] {
        id = std::this_thread::get_id();
        gate.pass();
        return Value{0};
      }));
    wait_until_all_rest();
    EXPECT_EQ(gate.inside(), static_cast<int>(workers)) << "tasks that run at the same time, of " << 2 * workers << " tasks";
    EXPECT_EQ(threads_now() - before, workers);
    gate.open();
    for (std::future<Value>& future : futures) future.get();
    const std::set<std::thread::id> different(ids.begin(), ids.end());
    EXPECT_LE(different.size(), workers) << "threads that ran a task";
    EXPECT_FALSE(different.contains(std::this_thread::get_id())) << "a task ran in the thread that submitted it";
  }
}

TEST(Threads, AreNotStartedByMap) {
  Gate gate;
  const std::function<Value(Value)> f = [&](Value value) {
    gate.pass();
    return value;
  };
  const std::size_t before = threads_now();
  ThreadPool pool(2);
  const OpensAtEnd at_end(gate);
  Worker mapper([&] { pool.map(f, {1, 2, 3, 4, 5, 6}); });
  wait_until_all_rest();
  EXPECT_EQ(threads_now() - before, 3u) << "two workers, and the test's own thread that calls map";
  gate.open();
  mapper.join();
}

TEST(Threads, AreNotStartedByMapInsideATask) {
  Gate gate;
  const std::function<Value(Value)> f = [&](Value value) {
    gate.pass();
    return value;
  };
  const std::size_t before = threads_now();
  ThreadPool pool(2);
  const OpensAtEnd at_end(gate);
  std::future<Value> outer = pool.submit([&] { return pool.map(f, {1, 2, 3, 4}).back(); });
  wait_until_all_rest();
  EXPECT_EQ(threads_now() - before, 2u);
  gate.open();
  EXPECT_EQ(outer.get(), 4);
}
