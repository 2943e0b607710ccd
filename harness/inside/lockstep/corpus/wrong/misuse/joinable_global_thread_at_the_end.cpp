// expect: misuse line 5 8 9 10
// A global std::thread is still joinable when main returns and it is destroyed.
#include <thread>

std::thread background;

int main() {
  background = std::thread([] {});
  return 0;
}
