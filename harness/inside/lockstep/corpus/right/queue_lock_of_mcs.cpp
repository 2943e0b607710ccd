// The queue lock of Mellor-Crummey and Scott: each waits at its own node.
#include <atomic>
#include <cassert>
#include <thread>

struct Node {
  std::atomic<Node*> next = nullptr;
  std::atomic<bool> wait = false;
};
std::atomic<Node*> tail = nullptr;
int count = 0;

void add() {
  Node me;
  Node* before = tail.exchange(&me, std::memory_order_acq_rel);
  if (before) {
    me.wait.store(true, std::memory_order_relaxed);
    before->next.store(&me, std::memory_order_release);
    while (me.wait.load(std::memory_order_acquire)) std::this_thread::yield();
  }
  ++count;
  Node* self = &me;
  if (!tail.compare_exchange_strong(self, nullptr, std::memory_order_acq_rel)) {
    Node* after;
    while (!(after = me.next.load(std::memory_order_acquire))) std::this_thread::yield();
    after->wait.store(false, std::memory_order_release);
  }
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(count == 2);
}
