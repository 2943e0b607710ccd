// A static local object is built by the first thread that comes; the others wait for it.
#include <cassert>
#include <thread>

int built = 0;

struct Table {
  Table() : value(++built * 7) {}
  int value;
};

int look_up() {
  static Table table;
  return table.value;
}

int main() {
  std::thread a([] { assert(look_up() == 7); });
  std::thread b([] { assert(look_up() == 7); });
  a.join();
  b.join();
  assert(built == 1);
}
