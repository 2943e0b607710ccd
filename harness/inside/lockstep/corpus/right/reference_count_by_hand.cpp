// A hand-made reference count: released with a release decrement, and an acquire fence before the deletion.
#include <atomic>
#include <cassert>
#include <thread>

struct Shared {
  std::atomic<int> uses = 2;
  int left = 0, right = 0;
};
int deleted = 0;

void release(Shared* it) {
  if (it->uses.fetch_sub(1, std::memory_order_release) == 1) {
    std::atomic_thread_fence(std::memory_order_acquire);
    assert(it->left == 1 && it->right == 1);
    delete it;
    ++deleted;
  }
}

int main() {
  Shared* it = new Shared;
  std::thread a([it] {
    it->left = 1;
    release(it);
  });
  it->right = 1;
  release(it);
  a.join();
  assert(deleted == 1);
}
