// expect: data_race line 8 9
// The elements of vector<bool> share a word: writing different ones at once is a race.
#include <thread>
#include <vector>

int main() {
  std::vector<bool> seen(2);
  std::thread a([&] { seen[0] = true; });
  std::thread b([&] { seen[1] = true; });
  a.join();
  b.join();
}
