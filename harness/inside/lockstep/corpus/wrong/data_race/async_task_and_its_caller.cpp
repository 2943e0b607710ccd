// expect: data_race line 8 9
// The caller changes the vector that its asynchronous task adds up.
#include <future>
#include <vector>

int main() {
  std::vector<int> values = {1, 2};
  auto sum = std::async(std::launch::async, [&] { return values[0] + values[1]; });
  values[0] = 5;
  return sum.get() > 7;
}
