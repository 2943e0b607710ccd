#include "harness/judge/printed.hpp"

#include <gtest/gtest.h>

namespace lockstep::judge {
namespace {

std::string printed(const std::string& out, const std::string& err = {}) {
  model::TestRun run;
  run.end.out = out;
  run.end.err = err;
  run.failures.push_back({"tests/behaviour.cpp", 52, "Expected equality of these values:\n  total\n    Which is: 1"});
  return own_output(run);
}

TEST(OwnOutput, IsWhatTheSubmissionPrinted) {
  EXPECT_EQ(
      printed("Note: Google Test filter = Bank.Total\n[==========] Running 1 test from 1 test suite.\n[ RUN      ] Bank.Total\ndepositing 5\n"
              "no line feed[       OK ] Bank.Total (2 ms)\n[----------] 1 test from Bank (2 ms total)\n\n[  PASSED  ] 1 test.\n",
              "warning\n"),
      "depositing 5\nno line feed\n\nwarning\n");
  EXPECT_EQ(printed("[ RUN      ] Bank.Total\n"), "");
}

TEST(OwnOutput, LeavesOutExpectationsThatFindingsTell) {
  EXPECT_EQ(printed("before\ntests/behaviour.cpp:52: Failure\nExpected equality of these values:\n  total\n    Which is: 1\n\n[  FAILED  ] "
                    "Bank.Total (0 ms)\n\n 1 FAILED TEST\n"),
            "before\n");
}

TEST(OwnOutput, LeavesOutReportsOfSanitizers) {
  const std::string rule(18, '=');
  EXPECT_EQ(printed("", "one\n" + rule + "\nWARNING: ThreadSanitizer: data race (pid=2)\n    #0 f\n" + rule +
                            "\ntwo\nThreadSanitizer: reported 1 warnings\n"),
            "one\ntwo\n");
  EXPECT_EQ(printed("", "one\n" + std::string(65, '=') + "\n==7==ERROR: AddressSanitizer: heap-use-after-free\n    #0 f\n==7==ABORTING\n"),
            "one\n");
}

TEST(OwnOutput, LeavesOutWhatMpirunSaysAboutTheEnd) {
  const std::string rule(74, '-');
  EXPECT_EQ(printed("", "rank 0 here\n" + rule + "\nmpirun detected that one or more processes exited\n" + rule + "\n"), "rank 0 here\n");
}

TEST(OwnOutput, KeepsRulesThatASubmissionDraws) {
  const std::string table = std::string(74, '-') + "\nmine\n" + std::string(74, '-') + "\n" + std::string(20, '=') + "\nalso mine\n";
  EXPECT_EQ(printed(table), table);
}

TEST(OwnOutput, IsTheTailOfMuch) {
  const std::string text = printed(std::string(5000, 'x') + "the end\n");
  EXPECT_LT(text.size(), 2100u);
  EXPECT_TRUE(text.starts_with("[...]"));
  EXPECT_TRUE(text.ends_with("the end\n"));
}

}  // namespace
}  // namespace lockstep::judge
