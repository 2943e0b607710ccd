// expect: data_race line 11 13
// The count of a shared_ptr is atomic, the shared_ptr itself is not: one thread assigns while another copies it.
#include <memory>
#include <thread>

std::shared_ptr<int> current = std::make_shared<int>(1);

int main() {
  std::thread writer([] {
    auto next = std::make_shared<int>(2);
    current = next;
  });
  auto mine = current;
  writer.join();
}
