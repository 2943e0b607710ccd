#include "grader/report/schedule_text.hpp"

#include <gtest/gtest.h>

namespace lockstep::report {
namespace {

const SourceLine source = [](const std::string&, int line) { return "  line " + std::to_string(line) + " of the source"; };

TEST(RenderSchedule, IsAColumnPerThread) {
  const model::Schedule schedule{{"main thread", "thread 1"}, {{0, "starts thread 1", "a.cpp", 3, ""}, {1, "locks mutex A", "a.cpp", 9, "the main thread waits"}}, ""};
  EXPECT_EQ(render_schedule(schedule, source, 100),
            "main thread         thread 1\n"
            "starts thread 1                    a.cpp:3  line 3 of the source\n"
            "  -- the main thread waits\n"
            "                    locks mutex A  a.cpp:9  line 9 of the source\n");
}

TEST(RenderSchedule, IsNeverWiderThanTold) {
  const model::Schedule schedule{{"main thread", "thread 1", "thread 2"}, {{2, std::string(60, 'x'), "a_file_with_a_long_name.cpp", 1234, std::string(90, 'y')}}, ""};
  const std::string text = render_schedule(schedule, source, 60);
  for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1) EXPECT_LE(text.find('\n', begin) - begin, 60U);
}

TEST(RenderSchedule, SaysWhatItLeavesOut) {
  model::Schedule schedule{{"main thread"}, {}, ""};
  for (int i = 0; i < 75; ++i) schedule.rows.push_back({0, "looks", "a.cpp", i, ""});
  EXPECT_NE(render_schedule(schedule, source, 80).find("(15 steps before are left out)"), std::string::npos);
}

TEST(RenderSchedule, ManyLanesHaveNarrowColumnsOrNone) {
  model::Schedule schedule{{"rank 0", "rank 1", "rank 2", "rank 3"}, {{3, "waits", "a.cpp", 3, ""}}, "", {}, {}};
  EXPECT_TRUE(render_schedule(schedule, {}, 80).starts_with("rank 0      rank 1      rank 2      rank 3\n                                    waits  a.cpp:3\n"));
  for (int rank = 4; rank < 9; ++rank) schedule.lanes.push_back("rank " + std::to_string(rank));
  EXPECT_TRUE(render_schedule(schedule, {}, 80).starts_with("rank 3: waits  a.cpp:3"));
}

TEST(RenderSchedule, OfNothingIsNothing) { EXPECT_EQ(render_schedule({}, source, 80), ""); }

}  // namespace
}  // namespace lockstep::report
