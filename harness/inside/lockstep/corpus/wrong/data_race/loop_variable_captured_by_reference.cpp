// expect: data_race line 10 11
// The loop variable is captured by reference and goes on while the threads read it.
#include <thread>
#include <vector>

int main() {
  int number[3] = {0, 0, 0};
  std::vector<std::thread> threads;
  int i = 0;
  for (; i < 2; ++i) {
    threads.emplace_back([&] { number[i] = 1; });
  }
  for (auto& thread : threads) thread.join();
}
