// Two threads offer an object; the first compare_exchange wins, and the loser deletes its own and uses the winner's.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int*> chosen = nullptr;

void offer(int value) {
  int* mine = new int(value);
  int* seen = nullptr;
  if (chosen.compare_exchange_strong(seen, mine, std::memory_order_acq_rel)) {
    seen = mine;
  } else {
    delete mine;
  }
  assert(*seen == 1 || *seen == 2);
}

int main() {
  std::thread a(offer, 1), b(offer, 2);
  a.join();
  b.join();
  delete chosen.load();
}
