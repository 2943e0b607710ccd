// A jthread works until its destructor asks it to stop.
#include <cassert>
#include <stop_token>
#include <thread>

int main() {
  int rounds = 0;
  bool ended = false;
  {
    std::jthread worker([&](std::stop_token token) {
      while (!token.stop_requested()) {
        ++rounds;
        std::this_thread::yield();
      }
      ended = true;
    });
  }
  assert(ended && rounds >= 0);
}
