// expect: data_race line 9 11
// main goes on to write what the detached thread reads, since detaching orders nothing.
#include <thread>

int setting = 1;
int seen = 0;

int main() {
  std::thread([] { seen = setting; }).detach();
  std::this_thread::yield();
  setting = 2;
}
