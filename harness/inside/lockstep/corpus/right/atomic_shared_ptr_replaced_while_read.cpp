// std::atomic<std::shared_ptr>: one thread stores a new object while another loads and reads the old or the new one.
#include <atomic>
#include <cassert>
#include <memory>
#include <thread>

int main() {
  std::atomic<std::shared_ptr<const int>> current(std::make_shared<const int>(1));
  std::thread reader([&] {
    const auto seen = current.load();
    assert(*seen == 1 || *seen == 2);
  });
  current.store(std::make_shared<const int>(2));
  reader.join();
  assert(*current.load() == 2);
}
