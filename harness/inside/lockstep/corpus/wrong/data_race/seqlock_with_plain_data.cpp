// expect: data_race line 12 17
// A sequence lock whose data are plain variables: the reader throws the value away, but it has raced already.
#include <atomic>
#include <thread>

std::atomic<unsigned> sequence = 0;
int data = 0;

int main() {
  std::thread writer([] {
    sequence.store(1);
    data = 1;
    sequence.store(2);
  });
  int seen = 0;
  const unsigned before = sequence.load();
  const int copy = data;
  if (before % 2 == 0 && sequence.load() == before) seen = copy;
  writer.join();
  return seen > 1;
}
