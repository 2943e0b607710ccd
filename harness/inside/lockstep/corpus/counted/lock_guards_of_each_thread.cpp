// count: n! for n threads (argument 1): 1=1 2=2 3=6 4=24 5=120 6=720
// n threads of C++ take one std::mutex once each.
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

std::mutex m;
int count = 0;

int main(int argc, char** argv) {
  const int n = argc > 1 ? std::atoi(argv[1]) : 3;
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.emplace_back([] {
      std::lock_guard guard(m);
      ++count;
    });
  }
  for (auto& thread : threads) thread.join();
  return count != n;
}
