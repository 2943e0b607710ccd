// expect: deadlock line 9 12
// The initialisation starts a thread and joins it, and that thread asks for the same initialisation.
#include <mutex>
#include <thread>

std::once_flag flag;

void initialise();
void ensure() { std::call_once(flag, initialise); }
void initialise() {
  std::thread helper(ensure);
  helper.join();
}

int main() { ensure(); }
