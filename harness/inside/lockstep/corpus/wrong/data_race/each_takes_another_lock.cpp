// expect: data_race line 12 16
// Both threads hold a lock, but not the same one.
#include <mutex>
#include <thread>

std::mutex of_the_reader, of_the_writer;
int value = 0;

int main() {
  std::thread writer([] {
    std::lock_guard guard(of_the_writer);
    value = 1;
  });
  std::thread reader([] {
    std::lock_guard guard(of_the_reader);
    if (value == 2) std::terminate();
  });
  writer.join();
  reader.join();
}
