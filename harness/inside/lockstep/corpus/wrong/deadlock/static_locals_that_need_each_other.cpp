// expect: deadlock line 14 18
// Two static locals need each other while they are built; two threads begin at opposite ends.
#include <thread>

struct Left {
  Left();
  int value = 0;
};
struct Right {
  Right();
  int value = 0;
};
Left& left() {
  static Left it;
  return it;
}
Right& right() {
  static Right it;
  return it;
}
thread_local bool began_left = false, began_right = false;
Left::Left() {
  began_left = true;
  if (!began_right) value = right().value;
}
Right::Right() {
  began_right = true;
  if (!began_left) value = left().value;
}

int main() {
  std::thread a([] { left(); }), b([] { right(); });
  a.join();
  b.join();
}
