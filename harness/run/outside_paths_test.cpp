#include "harness/run/outside_paths.hpp"

#include <gtest/gtest.h>

namespace lockstep::run {
namespace {

Command with(const std::string& word) {
  Command command;
  command.argv = {word};
  command.env = {"TMPDIR=/tmp"};
  command.mounts = {{"/var/job", "/ws"}, {"/var/other", "/ws/sub"}};
  return command;
}

TEST(OutsidePaths, ReplacesPathsBelowAMount) {
  EXPECT_EQ(with_outside_paths(with("/ws/a.cpp"), "").argv[0], "/var/job/a.cpp");
  EXPECT_EQ(with_outside_paths(with("/ws"), "").argv[0], "/var/job");
  EXPECT_EQ(with_outside_paths(with("-I/ws/x"), "").argv[0], "-I/var/job/x");
  EXPECT_EQ(with_outside_paths(with("-A=/ws:/ws/sub/b"), "").argv[0], "-A=/var/job:/var/other/b");
}

TEST(OutsidePaths, LeavesOtherPathsAlone) {
  for (const char* word : {"/wsshop/a", "/usr/ws/a", "work", "/tmp/ws"}) EXPECT_EQ(with_outside_paths(with(word), "").argv[0], word);
}

TEST(OutsidePaths, GivesAPrivateFolderForTmp) {
  const Command command = with_outside_paths(with("/tmp/x"), "/tmp/private");
  EXPECT_EQ(command.env[0], "TMPDIR=/tmp/private");
  EXPECT_EQ(command.workdir, "/tmp/private");
}

}  // namespace
}  // namespace lockstep::run
