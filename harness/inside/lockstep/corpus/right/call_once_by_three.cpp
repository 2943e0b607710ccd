// Three threads ask for the same initialisation; it happens once, and all of them see it.
#include <cassert>
#include <mutex>
#include <thread>

std::once_flag flag;
int initialised = 0;

void use() {
  std::call_once(flag, [] { ++initialised; });
  assert(initialised == 1);
}

int main() {
  std::thread a(use), b(use);
  use();
  a.join();
  b.join();
}
