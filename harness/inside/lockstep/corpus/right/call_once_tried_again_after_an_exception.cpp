// An initialisation that throws does not count: the next one that asks runs it again.
#include <cassert>
#include <mutex>
#include <stdexcept>
#include <thread>

std::once_flag flag;
int attempts = 0, ready = 0;

void initialise() {
  if (++attempts == 1) throw std::runtime_error("not yet");
  ready = 1;
}

void use() {
  for (;;) {
    try {
      std::call_once(flag, initialise);
      break;
    } catch (const std::runtime_error&) {
    }
  }
  assert(ready == 1 && attempts == 2);
}

int main() {
  std::thread t(use);
  use();
  t.join();
}
