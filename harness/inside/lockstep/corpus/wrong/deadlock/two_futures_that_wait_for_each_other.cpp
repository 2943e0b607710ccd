// expect: deadlock line 10 14
// Each of two tasks waits for the other's result before it gives its own.
#include <future>
#include <thread>

int main() {
  std::promise<int> a, b;
  auto from_a = a.get_future(), from_b = b.get_future();
  std::thread first([&] {
    const int n = from_b.get();
    a.set_value(n);
  });
  std::thread second([&] {
    const int n = from_a.get();
    b.set_value(n);
  });
  first.join();
  second.join();
}
