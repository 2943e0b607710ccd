// A sorted list in which each node has a lock, and the next one is taken before the last is released.
#include <cassert>
#include <mutex>
#include <thread>

struct Node {
  int value;
  Node* next;
  std::mutex m;
};
Node end{99, nullptr, {}}, front{0, &end, {}};

void insert(Node* node) {
  Node* before = &front;
  before->m.lock();
  for (;;) {
    Node* after = before->next;
    after->m.lock();
    if (after->value > node->value) {
      node->next = after;
      before->next = node;
      after->m.unlock();
      before->m.unlock();
      return;
    }
    before->m.unlock();
    before = after;
  }
}

int main() {
  Node three{3, nullptr, {}}, five{5, nullptr, {}};
  std::thread a(insert, &three), b(insert, &five);
  a.join();
  b.join();
  assert(front.next == &three && three.next == &five && five.next == &end);
}
