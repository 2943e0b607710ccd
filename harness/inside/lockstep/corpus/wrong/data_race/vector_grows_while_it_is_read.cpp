// expect: data_race line 10 11
// One thread appends to a vector while another asks for its size.
#include <cstddef>
#include <thread>
#include <vector>

int main() {
  std::vector<int> values;
  values.reserve(4);
  std::thread writer([&] { values.push_back(1); });
  const std::size_t seen = values.size();
  writer.join();
  return seen > 1;
}
