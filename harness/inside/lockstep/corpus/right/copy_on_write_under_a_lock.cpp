// Readers take a snapshot under a short lock and read it without one; a writer replaces the whole.
#include <cassert>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

std::mutex m;
std::shared_ptr<const std::pair<int, int>> current = std::make_shared<const std::pair<int, int>>(0, 0);

std::shared_ptr<const std::pair<int, int>> snapshot() {
  std::lock_guard guard(m);
  return current;
}

int main() {
  std::thread writer([] {
    auto next = std::make_shared<const std::pair<int, int>>(1, 1);
    std::lock_guard guard(m);
    current = next;
  });
  std::thread reader([] {
    const auto seen = snapshot();
    assert(seen->first == seen->second);
  });
  writer.join();
  reader.join();
  assert(current->first == 1);
}
