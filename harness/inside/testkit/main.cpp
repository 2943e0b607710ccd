// The program's beginning and end.
//
// Theory of operation. The first constructor of the executable (priority 101; those below belong to the sanitizers, and the object audit admits
// no constructor of a student's with a priority) says that the process lives and registers the *last* exit handler: exit handlers run in reverse
// order, so it runs after every static destructor and every handler that tests and student registered. There, when all tests have run and main
// has returned, leaks are looked for and the end record is written; then the process goes on to its natural end.
//
// So exit(), quick_exit() or _exit() of a student's, at any moment, leaves no end record: either main has not returned, or the handler is not
// reached. A crash or hang in a static destructor comes before the end record; one later still (a library's finaliser) shows in how the
// process ended. Data races of threads that outlive main are reported while destructors run, because nothing here ends the process early.
#include <gtest/gtest.h>

#include <cstdlib>
#include <exception>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/testkit/leak_check.hpp"
#include "harness/inside/testkit/listener.hpp"
#include "harness/inside/testkit/uncaught.hpp"

namespace {

namespace channel = lockstep::channel;

lockstep::testkit::Listener* listener = nullptr;  // GoogleTest's while main runs, kept until the end record
bool complete = false;                            // every selected test ran and main returned

void end_program() {
  if (!complete || !channel::in_main_process()) return;
  lockstep::testkit::report_leaks();
  channel::emit_end(listener->tests_that_ran());
}

[[gnu::constructor(101)]] void begin_program() {
  channel::emit_begin();
  std::atexit(end_program);
}

// An exception that nobody caught, on any thread: said in words before the process aborts.
[[noreturn]] void report_uncaught() {
  const lockstep::testkit::Uncaught uncaught = lockstep::testkit::describe_uncaught();
  if (uncaught.stub.empty())
    channel::emit_failure("", 0, uncaught.what);
  else
    channel::emit_not_implemented(uncaught.stub);
  std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  std::set_terminate(report_uncaught);
  ::testing::InitGoogleTest(&argc, argv);
  GTEST_FLAG_SET(catch_exceptions, true);
  listener = new lockstep::testkit::Listener;
  ::testing::UnitTest::GetInstance()->listeners().Append(listener);
  const int result = RUN_ALL_TESTS();
  ::testing::UnitTest::GetInstance()->listeners().Release(listener);
  complete = true;
  // A harness reads on the channel what failed. The exit status then says only that the program came to its end: mpirun ends all other
  // ranks as soon as one leaves with another status, some of them before their end record.
  return channel::connected() ? EXIT_SUCCESS : result;
}
