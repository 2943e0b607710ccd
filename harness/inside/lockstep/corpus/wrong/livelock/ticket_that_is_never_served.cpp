// expect: livelock line 11
// A thread draws a ticket and leaves when it sees a queue, so that everybody behind it waits for ever.
#include <atomic>
#include <thread>

std::atomic<int> next_ticket = 0, served = 0;

void visit(bool patient) {
  const int mine = next_ticket.fetch_add(1);
  if (!patient && served.load() != mine) return;
  while (served.load() != mine) std::this_thread::yield();
  served.store(mine + 1);
}

int main() {
  std::thread a(visit, true), b(visit, false), c(visit, true);
  a.join();
  b.join();
  c.join();
}
