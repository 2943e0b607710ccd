// expect: data_race line 9 11
// The reader sleeps long enough for the writer to be ready, but a sleep orders nothing.
#include <chrono>
#include <thread>

int result = 0;

int main() {
  std::thread writer([] { result = 1; });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const int seen = result;
  writer.join();
  return seen > 1;
}
