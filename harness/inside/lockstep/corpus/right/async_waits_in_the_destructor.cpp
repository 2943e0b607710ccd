// The destructor of a future of std::async waits for the task, so what it wrote can be read afterwards.
#include <cassert>
#include <future>

int main() {
  int written = 0;
  {
    auto task = std::async(std::launch::async, [&] { written = 1; });
  }
  assert(written == 1);
}
