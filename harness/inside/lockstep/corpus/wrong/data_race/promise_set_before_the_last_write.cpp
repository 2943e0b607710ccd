// expect: data_race line 11 14
// The promise is kept before the side result was written.
#include <future>
#include <thread>

int main() {
  std::promise<void> done;
  int aside = 0;
  std::thread t([&] {
    done.set_value();
    aside = 1;
  });
  done.get_future().wait();
  const int seen = aside;
  t.join();
  return seen > 1;
}
