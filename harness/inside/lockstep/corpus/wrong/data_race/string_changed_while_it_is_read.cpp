// expect: data_race line 8 9
// One thread appends to a std::string while another looks at its first letter.
#include <string>
#include <thread>

int main() {
  std::string text = "a";
  std::thread writer([&] { text[0] = 'b'; });
  const char first = text[0];
  writer.join();
  return first > 'b';
}
