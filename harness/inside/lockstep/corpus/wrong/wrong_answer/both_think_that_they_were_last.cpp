// expect: wrong_answer line 11 18
// The count of users is decremented in one step and looked at in the next one: both can see zero.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> users = 2, cleaned = 0;

void leave() {
  users.fetch_sub(1);
  if (users.load() == 0) cleaned.fetch_add(1);
}

int main() {
  std::thread a(leave), b(leave);
  a.join();
  b.join();
  assert(cleaned == 1);
}
