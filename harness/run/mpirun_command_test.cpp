#include "harness/run/mpirun_command.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace lockstep::run {
namespace {

TEST(MpirunCommand, EveryRankBeginsWithTheProgramThatOpensItsChannel) {
  const RankLaunch launch = mpirun_command(4, {"/t/program", "--filter=A.b"}, "/box/init", "/box", "/tmp");
  const std::vector<std::string> end{"-np", "4", "/box/init", "--rank", "/box", "/t/program", "--filter=A.b"};
  ASSERT_GE(launch.argv.size(), end.size());
  EXPECT_TRUE(std::equal(end.rbegin(), end.rend(), launch.argv.rbegin()));
}

TEST(MpirunCommand, WorksForAnyUserOnAnyNumberOfProcessors) {
  const RankLaunch launch = mpirun_command(2, {"/t/program"}, "/box/init", "/box", "/tmp");
  EXPECT_NE(std::ranges::find(launch.argv, "--oversubscribe"), launch.argv.end());
  EXPECT_NE(std::ranges::find(launch.env, "OMPI_ALLOW_RUN_AS_ROOT=1"), launch.env.end());
}

}  // namespace
}  // namespace lockstep::run
