// expect: data_race line 10 11 14
// A plain bool tells the other thread that the data is there; neither is ordered.
#include <thread>

bool ready = false;
int data = 0;

int main() {
  std::thread writer([] {
    data = 1;
    ready = true;
  });
  int seen = 0;
  if (ready) seen = data;
  writer.join();
  return seen > 1;
}
