// The main of a test program under exploration: each selected test is explored on its own, every execution a fork of this process before the
// test began. What the tests print is shown only of a failing schedule.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/lockstep/answer.hpp"
#include "harness/inside/lockstep/execution.hpp"
#include "harness/inside/lockstep/explorer.hpp"
#include "harness/inside/testkit/uncaught.hpp"

namespace {

using namespace lockstep::engine;
namespace channel = lockstep::channel;

// Inside an execution: expectations go into its report.
class ExecutionListener : public testing::EmptyTestEventListener {
  void OnTestPartResult(const testing::TestPartResult& result) override {
    if (result.skipped()) note_skipped();
    if (!result.failed()) return;
    if (const std::string stub = lockstep::testkit::not_implemented_function(result.message()); !stub.empty()) note_not_implemented(stub.c_str());
    note_failed_expectation(result.file_name(), result.line_number(), result.message());
  }
};

int run_test(void* name) {
  GTEST_FLAG_SET(filter, static_cast<const char*>(name));
  return RUN_ALL_TESTS() >= 0 ? EXIT_SUCCESS : EXIT_FAILURE;  // what failed stands in the report
}

std::vector<std::string> selected_tests() {
  std::vector<std::string> tests;
  const std::string filter = GTEST_FLAG_GET(filter);
  for (std::size_t begin = 0; begin < filter.size();) {
    const std::size_t end = std::min(filter.find(':', begin), filter.size());
    tests.push_back(filter.substr(begin, end - begin));
    begin = end + 1;
  }
  return tests;
}

channel::TestOutcome outcome_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return channel::TestOutcome::passed;
    case Outcome::skipped:
      return channel::TestOutcome::skipped;
    default:
      return channel::TestOutcome::failed;
  }
}

std::vector<std::string>* tests_that_ran = nullptr;  // never destroyed: the last exit handler reads it
bool complete = false;

void end_program() {
  if (!complete || !channel::in_main_process() || in_execution()) return;
  channel::emit_end(*tests_that_ran);
}

[[gnu::constructor(101)]] void begin_program() {
  channel::emit_begin();
  std::atexit(end_program);
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (GTEST_FLAG_GET(list_tests)) return RUN_ALL_TESTS();
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  delete listeners.Release(listeners.default_result_printer());
  listeners.Append(new ExecutionListener);
  tests_that_ran = new std::vector<std::string>;
  Exchange* exchange = make_exchange();
  const Plan plan = plan_from_environment();
  for (std::string& test : selected_tests()) {
    channel::emit_test_begin(test);
    Explored explored;
    if (const char* choices = std::getenv("LOCKSTEP_REPLAY")) {
      explored.choices = parse_choices(choices);
      replay(*exchange, run_test, test.data(), plan, explored.choices, &explored.output);
      explored.outcome = exchange->report.outcome;
      explored.replayed = true;
      explored.preemptions = exchange->report.preemptions;
    } else {
      explored = explore(*exchange, run_test, test.data(), plan);
    }
    if (explored.outcome == Outcome::not_implemented) channel::emit_not_implemented(exchange->report.text);
    emit_exploration(test, explored, *exchange);
    channel::emit_test_end(test, outcome_of(explored.outcome));
    tests_that_ran->push_back(test);
  }
  complete = true;
  return EXIT_SUCCESS;
}
