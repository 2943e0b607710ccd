// expect: data_race line 8 9
// One thread deletes the object while another still reads it.
#include <thread>

int main() {
  int* it = new int(5);
  int seen = 0;
  std::thread reader([&] { seen = *it; });
  delete it;
  reader.join();
  return 0;
}
