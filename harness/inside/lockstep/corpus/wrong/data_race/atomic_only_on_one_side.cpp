// expect: data_race line 10
// One thread adds through atomic_ref, the other one adds plainly.
#include <atomic>
#include <thread>

int count = 0;

int main() {
  std::thread a([] { std::atomic_ref<int>(count).fetch_add(1); });
  ++count;
  a.join();
}
