// expect: wrong_answer line 18 40
// The pop without locks reads the next node and then exchanges the head, which is the same again but has another next (ABA).
#include <atomic>
#include <cassert>
#include <thread>

struct Node {
  std::atomic<Node*> next;
  std::atomic<bool> taken = false;
};
Node c{nullptr}, b{&c}, a{&b};
std::atomic<Node*> head = &a;

Node* pop() {
  Node* top = head;
  while (top) {
    Node* next = top->next;
    if (head.compare_exchange_strong(top, next)) break;
  }
  return top;
}
void push(Node* node) {
  Node* top = head;
  do {
    node->next = top;
  } while (!head.compare_exchange_strong(top, node));
}

int main() {
  std::thread t([] {
    Node* mine = pop();
    if (mine) mine->taken = true;
  });
  Node* first = pop();
  Node* second = pop();
  if (second) second->taken = true;
  if (first) push(first);
  t.join();
  Node* top = head;
  assert(!top || !top->taken || top == first);
}
