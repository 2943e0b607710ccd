// A jthread is joined by its destructor, also when the scope is left by an exception.
#include <cassert>
#include <thread>

int main() {
  int value = 0;
  try {
    std::jthread t([&] { value = 1; });
    throw 0;
  } catch (int) {
  }
  assert(value == 1);
}
