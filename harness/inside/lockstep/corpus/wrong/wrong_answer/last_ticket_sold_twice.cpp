// expect: wrong_answer line 11 20
// The number of tickets is looked at and decremented in two atomic steps.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> tickets = 1, sold = 0;

void buy() {
  if (tickets.load() > 0) {
    tickets.fetch_sub(1);
    sold.fetch_add(1);
  }
}

int main() {
  std::thread a(buy), b(buy);
  a.join();
  b.join();
  assert(sold == 1);
}
