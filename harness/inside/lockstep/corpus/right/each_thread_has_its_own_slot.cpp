// Threads write neighbouring elements of one array, which are distinct objects, and the main thread adds them up.
#include <cassert>
#include <numeric>
#include <thread>
#include <vector>

int main() {
  std::vector<int> part(3);
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back([&part, i] { part[i] = i + 1; });
  for (auto& thread : threads) thread.join();
  assert(std::accumulate(part.begin(), part.end(), 0) == 6);
}
