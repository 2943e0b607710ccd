// expect: data_race line 7 8
// The result is read before the thread that computes it was joined.
#include <thread>

int main() {
  int result = 0;
  std::thread t([&] { result = 42; });
  const int seen = result;
  t.join();
  return seen != 0 && seen != 42;
}
