// expect: data_race line 11
// A shared lock does not keep other holders of a shared lock away from the write.
#include <shared_mutex>
#include <thread>

std::shared_mutex m;
int hits = 0;

void look_up() {
  std::shared_lock lock(m);
  ++hits;
}

int main() {
  std::thread a(look_up), b(look_up);
  a.join();
  b.join();
}
