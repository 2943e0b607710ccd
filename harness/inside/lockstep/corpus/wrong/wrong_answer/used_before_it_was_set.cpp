// expect: wrong_answer line 10 11
// The thread is started before the setting that it reads is stored.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<const char*> name = nullptr;

int main() {
  std::thread greeter([] { assert(name.load() != nullptr); });
  name = "world";
  greeter.join();
}
