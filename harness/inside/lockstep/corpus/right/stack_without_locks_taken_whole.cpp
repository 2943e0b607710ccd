// Threads push with compare_exchange; the stack is taken whole with one exchange, so no node comes back (no ABA).
#include <atomic>
#include <cassert>
#include <thread>

struct Node {
  int value;
  Node* next;
};
std::atomic<Node*> head = nullptr;

void push(int value) {
  Node* node = new Node{value, head.load(std::memory_order_relaxed)};
  while (!head.compare_exchange_weak(node->next, node, std::memory_order_release, std::memory_order_relaxed)) {
  }
}
int take_all() {
  int sum = 0;
  for (Node* node = head.exchange(nullptr, std::memory_order_acquire); node;) {
    Node* next = node->next;
    sum += node->value;
    delete node;
    node = next;
  }
  return sum;
}

int main() {
  std::thread a(push, 1), b(push, 2);
  int sum = take_all();
  a.join();
  b.join();
  sum += take_all();
  assert(sum == 3);
}
