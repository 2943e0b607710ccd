#include "harness/inside/mpiwatch/epochs.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace lockstep::mpiwatch {
namespace {

Site call(const char* name) {
  Site site{};
  std::strncpy(site.call, name, sizeof site.call - 1);
  return site;
}
const Site fence = call("MPI_Win_fence"), start = call("MPI_Win_start"), post = call("MPI_Win_post"), lock = call("MPI_Win_lock"),
           lock_all = call("MPI_Win_lock_all");

TEST(Epochs, AFenceOpensOneOnlyIfAccessesFollow) {
  Epochs epochs;
  EXPECT_TRUE(note_access(epochs, 1, false));
  EXPECT_FALSE(pass_fence(epochs, fence, false, false));
  EXPECT_FALSE(find_open(epochs));
  EXPECT_FALSE(open_lock(epochs, lock, 1, false));  // the fence opened nothing
  EXPECT_FALSE(close_lock(epochs, 1));
  EXPECT_FALSE(pass_fence(epochs, fence, false, false));
  EXPECT_FALSE(note_access(epochs, 1, false));
  EXPECT_TRUE(find_open(epochs));
  EXPECT_STREQ(open_lock(epochs, lock, 1, false).by.call, "MPI_Win_fence");
  EXPECT_TRUE(open_start(epochs, start, 1));
  EXPECT_TRUE(open_post(epochs, post, 1));
  EXPECT_TRUE(pass_fence(epochs, fence, true, false));  // NOPRECEDE
  EXPECT_FALSE(pass_fence(epochs, fence, false, true));
  EXPECT_TRUE(note_access(epochs, 1, false));  // NOSUCCEED
}

TEST(Epochs, AccessAndExposureMayOverlapButNotTwoOfAKind) {
  Epochs epochs;
  EXPECT_TRUE(close_start(epochs));
  EXPECT_TRUE(close_post(epochs));
  EXPECT_FALSE(open_post(epochs, post, only(3)));
  EXPECT_FALSE(open_start(epochs, start, only(2)));
  EXPECT_STREQ(open_start(epochs, start, only(2)).by.call, "MPI_Win_start");
  EXPECT_STREQ(open_post(epochs, post, only(2)).by.call, "MPI_Win_post");
  EXPECT_TRUE(pass_fence(epochs, fence, false, false));
  EXPECT_TRUE(open_lock(epochs, lock, 2, false));
  EXPECT_FALSE(note_access(epochs, 2, false));
  EXPECT_TRUE(note_access(epochs, 3, false));
  EXPECT_TRUE(note_access(epochs, 2, true));
  EXPECT_FALSE(close_start(epochs));
  EXPECT_TRUE(find_open(epochs));
  EXPECT_FALSE(open_lock(epochs, lock, 2, false));
  EXPECT_FALSE(close_lock(epochs, 2));
  EXPECT_FALSE(close_post(epochs));
  EXPECT_FALSE(find_open(epochs));
}

TEST(Epochs, ALockIsOfOneTargetOrOfAll) {
  Epochs epochs;
  EXPECT_TRUE(close_lock(epochs, 0));
  EXPECT_TRUE(check_flush_all(epochs));
  EXPECT_FALSE(open_lock(epochs, lock, 0, true));
  EXPECT_TRUE(open_lock(epochs, lock, 0, false));
  EXPECT_FALSE(open_lock(epochs, lock, 1, false));
  EXPECT_TRUE(open_lock_all(epochs, lock_all));
  EXPECT_TRUE(close_lock_all(epochs));
  EXPECT_FALSE(note_access(epochs, 1, true));
  EXPECT_TRUE(note_access(epochs, 2, false));
  EXPECT_FALSE(check_flush(epochs, 0));
  EXPECT_TRUE(check_flush(epochs, 2));
  EXPECT_FALSE(check_flush_all(epochs));
  EXPECT_FALSE(close_lock(epochs, 0));
  EXPECT_FALSE(close_lock(epochs, 1));
  EXPECT_EQ(epochs.exclusive, 0U);
  EXPECT_FALSE(open_lock_all(epochs, lock_all));
  EXPECT_STREQ(open_lock(epochs, lock, 1, false).by.call, "MPI_Win_lock_all");
  EXPECT_TRUE(close_lock(epochs, 1));
  EXPECT_FALSE(check_flush(epochs, 2));
  EXPECT_FALSE(close_lock_all(epochs));
  epochs.locks_allowed = false;
  EXPECT_TRUE(open_lock(epochs, lock, 1, false));
}

}  // namespace
}  // namespace lockstep::mpiwatch
