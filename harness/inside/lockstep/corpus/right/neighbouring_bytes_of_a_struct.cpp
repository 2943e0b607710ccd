// Neighbouring char members are distinct memory locations; two threads may write them at once.
#include <cassert>
#include <thread>

struct {
  char a = 0, b = 0;
} both;

int main() {
  std::thread x([] { both.a = 1; });
  std::thread y([] { both.b = 2; });
  x.join();
  y.join();
  assert(both.a + both.b == 3);
}
