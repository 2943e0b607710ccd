// expect: data_race line 11 12
// Neighbouring bit-fields are one memory location, so writing one of them touches the other.
#include <thread>

struct {
  unsigned left : 4;
  unsigned right : 4;
} both = {0, 0};

int main() {
  std::thread a([] { both.left = 1; });
  std::thread b([] { both.right = 1; });
  a.join();
  b.join();
}
