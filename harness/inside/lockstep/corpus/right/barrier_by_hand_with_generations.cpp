// A reusable barrier made of a mutex and a condition; who waits, waits for the end of its own generation.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

class Barrier {
 public:
  explicit Barrier(int parties) : parties_(parties) {}
  void wait() {
    std::unique_lock lock(m_);
    const int mine = generation_;
    if (++arrived_ == parties_) {
      arrived_ = 0;
      ++generation_;
      cv_.notify_all();
      return;
    }
    cv_.wait(lock, [&] { return generation_ != mine; });
  }

 private:
  std::mutex m_;
  std::condition_variable cv_;
  const int parties_;
  int arrived_ = 0, generation_ = 0;
};

int main() {
  Barrier meet(2);
  int slot[2] = {};
  const auto run = [&](int me) {
    for (int round = 1; round <= 2; ++round) {
      slot[me] = round;
      meet.wait();
      assert(slot[1 - me] == round);
      meet.wait();
    }
  };
  std::thread other(run, 1);
  run(0);
  other.join();
}
