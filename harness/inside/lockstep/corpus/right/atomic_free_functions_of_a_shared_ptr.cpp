// One thread replaces a shared_ptr with atomic_store while another reads it with atomic_load.
#include <cassert>
#include <memory>
#include <thread>

int main() {
  auto current = std::make_shared<const int>(1);
  std::thread reader([&] {
    const auto seen = std::atomic_load(&current);
    assert(*seen == 1 || *seen == 2);
  });
  std::atomic_store(&current, std::make_shared<const int>(2));
  reader.join();
  assert(*current == 2);
}
