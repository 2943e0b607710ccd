#include "harness/inside/testkit/listener.hpp"

#include <unistd.h>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/testkit/test_watch.hpp"
#include "harness/inside/testkit/uncaught.hpp"

namespace lockstep::testkit {
namespace {

std::string name_of(const ::testing::TestInfo& test) { return std::string(test.test_suite_name()) + "." + test.name(); }

channel::TestOutcome outcome_of(const ::testing::TestResult& result) {
  if (result.Failed()) return channel::TestOutcome::failed;
  return result.Skipped() ? channel::TestOutcome::skipped : channel::TestOutcome::passed;
}

}  // namespace

void Listener::OnTestStart(const ::testing::TestInfo& test) {
  const std::string name = name_of(test);
  not_implemented_ = false;
  channel::emit_test_begin(name);
  TestWatch::run_before(name.c_str());
}

void Listener::OnTestPartResult(const ::testing::TestPartResult& result) {
  if (!result.failed()) return;
  const std::string function = not_implemented_function(result.message());
  if (!function.empty()) {
    not_implemented_ = true;
    channel::emit_not_implemented(function);
    return;
  }
  channel::emit_failure(result.file_name() ? result.file_name() : "", result.line_number(), result.message());
}

void Listener::OnTestEnd(const ::testing::TestInfo& test) {
  const std::string name = name_of(test);
  TestWatch::run_after(name.c_str());
  if (!channel::in_main_process()) _exit(0);  // a child that returned into the test: see test_watch.hpp
  channel::emit_test_end(name, not_implemented_ ? channel::TestOutcome::not_implemented : outcome_of(*test.result()));
  ran_.push_back(name);
}

}  // namespace lockstep::testkit
