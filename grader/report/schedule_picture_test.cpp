#include "grader/report/schedule_picture.hpp"

#include <gtest/gtest.h>

#include <pugixml.hpp>

namespace lockstep::report {
namespace {

model::Schedule two_threads() {
  model::Schedule schedule;
  schedule.lanes = {"main thread", "thread 1"};
  schedule.rows = {{0, "starts thread 1", "a.cpp", 3, ""},
                   {1, "locks mutex A", "a.cpp", 9, "the main thread waits"},
                   {1, "locks mutex B", "a.cpp", 10, ""},
                   {0, "waits for thread 1 to end, for ever", "a.cpp", 5, "", true}};
  schedule.spans = {{0, "exists", "", 0, 4}, {1, "exists", "", 0, 4}, {1, "holds", "mutex A", 1, 4}, {1, "holds", "mutex B", 2, 4}, {0, "waits", "", 0, 4}};
  schedule.arrows = {{0, 1, "starts"}, {3, 1, "waits for"}};
  return schedule;
}

class Picture {
 public:
  explicit Picture(const model::Schedule& schedule) : text_("<all>" + render_schedule_picture(schedule) + "</all>") {
    const pugi::xml_parse_result result = document_.load_buffer(text_.data(), text_.size());
    EXPECT_TRUE(result) << result.description() << " in " << text_;
  }
  pugi::xpath_node_set all(const char* path) const { return document_.select_nodes(path); }
  std::size_t count(const char* path) const { return all(path).size(); }
  int number(const char* path, const char* attribute) const { return document_.select_node(path).node().attribute(attribute).as_int(); }
  std::string text(const char* path) const { return document_.select_node(path).node().text().get(); }
  const std::string& source() const { return text_; }

 private:
  std::string text_;
  pugi::xml_document document_;
};

TEST(SchedulePicture, IsALanePerThreadAndAMarkPerStep) {
  const Picture picture(two_threads());
  EXPECT_EQ(picture.count("//svg[@role='img']/title"), 1U);
  EXPECT_EQ(picture.count("//svg[@role='img']/line[@class='lane']"), 2U);
  EXPECT_EQ(picture.count("//circle[@class='mark']"), 3U);
  EXPECT_EQ(picture.text("(//tspan[@class='at'])[2]"), "a.cpp:9");
  EXPECT_EQ(picture.text("//text[@class='reason']"), "the main thread waits: thread 1 runs");
  EXPECT_LT(picture.number("(//circle)[1]", "cx"), picture.number("(//circle)[2]", "cx"));
  EXPECT_LT(picture.number("(//circle)[1]", "cy"), picture.number("(//circle)[2]", "cy"));
}

TEST(SchedulePicture, TellsWhatGoesWrongByShapeAndWords) {
  const Picture picture(two_threads());
  EXPECT_EQ(picture.count("//svg[@role='img']/path[@class='mark fatal']"), 1U);
  EXPECT_NE(picture.source().find("✗ waits for thread 1 to end, for ever"), std::string::npos);
  EXPECT_EQ(picture.text("//desc"), "In the end: main thread waits for thread 1 to end, for ever at a.cpp:5. The same stands below as text.");
}

TEST(SchedulePicture, LocksThatAreHeldTogetherStandBesideEachOther) {
  const Picture picture(two_threads());
  ASSERT_EQ(picture.count("//svg[@role='img']//rect[@class='hold']"), 2U);
  EXPECT_LT(picture.number("(//rect[@class='hold'])[1]", "x") + picture.number("(//rect[@class='hold'])[1]", "width"), picture.number("(//rect[@class='hold'])[2]", "x"));
  EXPECT_EQ(picture.text("(//text[@class='held'])[2]"), "mutex B");
}

TEST(SchedulePicture, WaitsAndArrowsLieBetweenTheirLanes) {
  const Picture picture(two_threads());
  const int main = picture.number("(//line[@class='lane'])[1]", "x1"), one = picture.number("(//line[@class='lane'])[2]", "x1");
  EXPECT_EQ(picture.number("//g/line[@class='wait']", "x1"), main);
  ASSERT_EQ(picture.count("//g[starts-with(@class, 'arrow')]"), 2U);
  EXPECT_GT(picture.number("//g[@class='arrow']/line", "x1"), main);
  EXPECT_LT(picture.number("//g[@class='arrow']/line", "x2"), one);
  EXPECT_EQ(picture.count("//g[@class='arrow relation']"), 1U);
}

TEST(SchedulePicture, RanksRunAtOnceSoNoneHasATurn) {
  model::Schedule ranks{{"rank 0", "rank 1"}, {{0, "sends tag 0 to rank 1", "a.cpp", 3, ""}, {1, "waits for rank 0 in MPI_Recv, for ever", "a.cpp", 5, "", true}}, "", {}, {}};
  ranks.spans = {{0, "exists", "", 0, 2}, {1, "exists", "", 0, 2}, {1, "waits", "", 1, 2}};
  ranks.arrows = {{0, 1, "sends"}, {1, 0, "waits for"}};
  ranks.parallel = true;
  const Picture picture(ranks);
  EXPECT_EQ(picture.count("//text[@class='reason']"), 0U);
  EXPECT_STREQ(picture.all("//path[@class='way']").first().node().attribute("d").value(), "");
  EXPECT_EQ(picture.count("//ul/li"), 2U);  // waits, what goes wrong
  EXPECT_EQ(picture.count("//circle[@class='mark']"), 1U);
  EXPECT_EQ(picture.text("(//text[@class='label'])[1]"), "sends");
}

TEST(SchedulePicture, NamesAreTextWhateverTheyHold) {
  model::Schedule schedule = two_threads();
  schedule.lanes[1] = "<b>&\"'";
  schedule.rows[1].text = "</text><script>";
  schedule.spans[2].name = "a<b & c";
  schedule.arrows[0].what = "\"><i>";
  const Picture picture(schedule);
  EXPECT_EQ(picture.text("(//text[@class='name'])[2]"), "<b>&\"'");
  EXPECT_EQ(picture.text("(//text[@class='held'])[1]"), "a<b & c");
  EXPECT_EQ(picture.source().find("<script"), std::string::npos);
  EXPECT_EQ(picture.source().find("<i>"), std::string::npos);
}

TEST(SchedulePicture, OfALongScheduleTheEndIsShown) {
  model::Schedule schedule{{"main thread"}, {}, "", {}, {}};
  for (int i = 0; i < 75; ++i) schedule.rows.push_back({0, "looks", "a.cpp", i, ""});
  schedule.spans = {{0, "exists", "", 0, 75}, {0, "holds", "mutex A", 2, 75}, {0, "holds", "mutex B", 3, 5}};
  const Picture picture(schedule);
  EXPECT_EQ(picture.count("//circle"), 60U);
  EXPECT_EQ(picture.text("(//text[@class='number'])[1]"), "16");
  EXPECT_NE(picture.source().find("(15 steps before are left out)"), std::string::npos);
  EXPECT_EQ(picture.count("//text[@class='held']"), 1U);  // what had ended before is not drawn
  EXPECT_EQ(picture.count("//text[@class='name']"), 2U);  // above and below
}

TEST(SchedulePicture, ARecordOfBeforeThePicturesHasOneToo) {
  model::Schedule schedule = two_threads();
  schedule.spans.clear();
  schedule.arrows.clear();
  const Picture picture(schedule);
  EXPECT_EQ(picture.count("//svg[@role='img']/line[@class='lane']"), 2U);
  EXPECT_EQ(picture.count("//g"), 0U);
}

TEST(SchedulePicture, OfNothingIsNothing) { EXPECT_EQ(render_schedule_picture({}), ""); }

}  // namespace
}  // namespace lockstep::report
