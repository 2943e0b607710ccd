#include "harness/run/fake_process_runner.hpp"

#include <gtest/gtest.h>

namespace lockstep::run {
namespace {

TEST(FakeProcessRunner, AnswersAsScriptedThenByFunctionAndRemembersTheCommands) {
  FakeProcessRunner runner([](const Command& command) { return FakeProcessRunner::exited(0, command.argv.at(0)); });
  runner.will_end(FakeProcessRunner::exited(3));
  Command command;
  command.argv = {"/t/program"};
  EXPECT_EQ(runner.run(command).end.code, 3);
  EXPECT_EQ(runner.run(command).end.out, "/t/program");
  EXPECT_EQ(runner.commands().size(), 2u);
}

TEST(FakeProcessRunner, IsCancelledLikeTheRealOne) {
  FakeProcessRunner runner;
  runner.cancel_all();
  EXPECT_EQ(runner.run({}).end.cut, model::Cut::cancelled);
}

}  // namespace
}  // namespace lockstep::run
