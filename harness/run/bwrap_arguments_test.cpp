#include "harness/run/bwrap_arguments.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/model/fault.hpp"

namespace lockstep::run {
namespace {

bool has(const std::vector<std::string>& words, const std::vector<std::string>& run) {
  return std::ranges::search(words, run).begin() != words.end();
}

TEST(BwrapArguments, EveryBoxDiesWithUsAndHasNoCapabilitiesToKeep) {
  for (const bool user : {false, true}) {
    const auto words = bwrap_arguments({}, {.user_namespace = user, .box_init = "/b"});
    EXPECT_TRUE(has(words, {"--die-with-parent"}));
    EXPECT_TRUE(has(words, {"--cap-drop", "ALL"}));
    EXPECT_TRUE(has(words, {"--unshare-net"}));
    EXPECT_TRUE(has(words, {"--remount-ro", "/"}));
    EXPECT_EQ(has(words, {"--cap-add", "CAP_SETUID"}), !user);
    EXPECT_EQ(has(words, {"--unshare-user"}), user);
  }
}

TEST(BwrapArguments, TmpAndSharedMemoryHaveASize) {
  Command command;
  command.limits.file_bytes = 4096;
  command.ranks = 16;
  const auto words = bwrap_arguments(command, {.box_init = "/b"});
  EXPECT_TRUE(has(words, {"--size", "4096", "--tmpfs", "/tmp"}));
  EXPECT_TRUE(has(words, {"--size", std::to_string((16 + 8 * 16) << 20), "--tmpfs", "/dev/shm"}));
}

TEST(BwrapArguments, MountsAreReadOnlyUnlessAsked) {
  Command command;
  command.mounts = {{"/o/in", "/a/in"}, {"/o/out", "/a/out", true}};
  const auto words = bwrap_arguments(command, {.box_init = "/b"});
  EXPECT_TRUE(has(words, {"--ro-bind", "/o/in", "/a/in"}));
  EXPECT_TRUE(has(words, {"--bind", "/o/out", "/a/out"}));
}

TEST(BwrapArguments, TheFolderOfTheBoxCannotBeCovered) {
  for (const char* inside : {"/box", "/box/init", "/", "relative", ""}) {
    Command command;
    command.mounts = {{"/o", inside}};
    EXPECT_THROW(bwrap_arguments(command, {.box_init = "/b"}), model::Fault) << inside;
  }
}

}  // namespace
}  // namespace lockstep::run
