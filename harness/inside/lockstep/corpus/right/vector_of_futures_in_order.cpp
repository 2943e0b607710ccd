// Results are collected in the order of the tasks, whatever the order in which they end.
#include <cassert>
#include <future>
#include <vector>

int main() {
  std::vector<std::future<int>> results;
  for (int i = 1; i <= 2; ++i) results.push_back(std::async(std::launch::async, [i] { return i; }));
  int number = 0;
  for (auto& result : results) number = 10 * number + result.get();
  assert(number == 12);
}
