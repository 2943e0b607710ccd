// Where threads wait until all of them are there.
#pragma once

#include <cstddef>

namespace lockstep::testkit {

// Passing the line orders nothing between the threads, for the memory model and for ThreadSanitizer: relaxed atomics and a bare futex.
// Anything stronger would hide races of the code under test.
class StartLine {
 public:
  explicit StartLine(std::size_t threads);

  bool wait_for_all();  // false: the line was abandoned, the race does not take place
  void abandon();

 private:
  void open(int how);

  int expected_;
  int spinners_;     // how many can really run at the same moment
  int arrived_ = 0;  // all three are used by atomic operations only
  int open_ = 0;
  int awake_ = 0;
};

}  // namespace lockstep::testkit
