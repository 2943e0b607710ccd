// expect: wrong_answer line 12 20
// The order in which threads were started says nothing about the order in which they get the lock.
#include <cassert>
#include <mutex>
#include <string>
#include <thread>

std::mutex m;
std::string written;

void append(char letter) {
  std::lock_guard guard(m);
  written += letter;
}

int main() {
  std::thread a(append, 'a'), b(append, 'b');
  a.join();
  b.join();
  assert(written == "ab");
}
