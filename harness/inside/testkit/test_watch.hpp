// How a part of the harness looks at the process before and after every test. A static object registers:
//
//   static const lockstep::testkit::TestWatch watch{{.before = remember_descriptors, .after = report_leaked_descriptors}};
//
// `before` runs right after the test's begin record, `after` right before its end record, when the test body and its fixture are done, so
// records that they emit (channel.hpp) belong to that test. Watches run in the order of their registration. Callbacks must not throw.
//
// `after` also runs in a forked child of the student that returned into the test: channel::in_main_process() is false there. If none of
// the watches ends such a child, the listener does (_exit), so it never goes on to the next test or to the end record.
#pragma once

namespace lockstep::testkit {

struct TestCallbacks {
  void (*before)(const char* test) = nullptr;  // "Suite.Name"
  void (*after)(const char* test) = nullptr;
};

class TestWatch {
 public:
  explicit TestWatch(TestCallbacks callbacks);
  TestWatch(const TestWatch&) = delete;
  TestWatch& operator=(const TestWatch&) = delete;

  static void run_before(const char* test);
  static void run_after(const char* test);

 private:
  TestCallbacks callbacks_;
  const TestWatch* next_ = nullptr;
};

}  // namespace lockstep::testkit
