// Of two threads that request the stop, exactly one is told that it was the first.
#include <cassert>
#include <stop_token>
#include <thread>

int main() {
  std::stop_source source;
  bool first = false, second = false;
  std::thread a([&, source]() mutable { first = source.request_stop(); });
  std::thread b([&, source]() mutable { second = source.request_stop(); });
  a.join();
  b.join();
  assert(first != second && source.stop_requested());
}
