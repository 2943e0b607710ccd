// expect: data_race line 9
// A const member function fills a mutable cache, so that "only reading" from two threads writes.
#include <thread>

class Square {
 public:
  explicit Square(int side) : side_(side) {}
  int area() const {
    if (cache_ < 0) cache_ = side_ * side_;
    return cache_;
  }

 private:
  int side_;
  mutable int cache_ = -1;
};

int main() {
  const Square square(3);
  std::thread a([&] { square.area(); }), b([&] { square.area(); });
  a.join();
  b.join();
}
