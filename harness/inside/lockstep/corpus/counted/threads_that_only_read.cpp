// count: 1 for n threads (argument 1): 1=1 2=1 3=1 4=1 5=1
// n threads only load one atomic: loads commute.
#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

std::atomic<int> value = 7;

int main(int argc, char** argv) {
  const int n = argc > 1 ? std::atoi(argv[1]) : 3;
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.emplace_back([] {
      if (value.load() != 7) std::abort();
    });
  }
  for (auto& thread : threads) thread.join();
}
