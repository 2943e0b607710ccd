#include <gtest/gtest.h>

#include "harness/catalog/course_for_tests.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::catalog {
namespace {

namespace fs = std::filesystem;

std::string refusal_of(const Course& course, const std::string& name) {
  try {
    find_exercise(course, name);
  } catch (const model::UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(FindExercise, TakesAnIdANameOrAPath) {
  const CourseForTests tree;
  tree.add_exercise("02_threads/barrier");
  const Course course = tree.course();
  for (const std::string& name : {std::string("02_threads/lock"), std::string("lock"), std::string("./exercises/02_threads/lock/"),
                                  std::string("lock/"), (tree.root / "exercises/02_threads/lock").string()})
    EXPECT_EQ(find_exercise(course, name).id, "02_threads/lock") << name;
}

TEST(FindExercise, AnUnknownNameIsAnsweredWithTheNearest) {
  const CourseForTests tree;
  tree.add_exercise("02_threads/barrier");
  const Course course = tree.course();
  EXPECT_EQ(refusal_of(course, "barier"), "there is no exercise `barier`; the nearest: 02_threads/barrier");
  EXPECT_EQ(refusal_of(course, "02_thread/barrier"), "there is no exercise `02_thread/barrier`; the nearest: 02_threads/barrier");
  EXPECT_EQ(refusal_of(course, "quaternion"), "there is no exercise `quaternion`; `lockstep list` shows them all");
  EXPECT_NE(refusal_of(course, ""), "");
  EXPECT_NE(refusal_of(course, std::string(100'000, 'b')), "");
}

TEST(FindExercise, AnAmbiguousNameIsAnsweredWithAllItCanMean) {
  const CourseForTests tree;
  tree.add_exercise("03_processes/lock");
  EXPECT_EQ(refusal_of(tree.course(), "lock"), "`lock` is the name of several exercises: 02_threads/lock, 03_processes/lock");
}

TEST(FindExercise, AnExerciseWithMistakesIsAnsweredWithThem) {
  const CourseForTests tree;
  tree.remove("exercises/02_threads/lock/README.md");
  EXPECT_EQ(refusal_of(tree.course(), "lock"),
            "the exercise `lock` has mistakes in its own files:\nexercises/02_threads/lock/README.md: is missing\n");
}

TEST(FindSubmission, LooksBelowAnIdAndBelowAName) {
  const CourseForTests tree;
  const model::Exercise exercise = tree.exercise();
  tree.write("class/ada/02_threads/lock/lock.cpp", "");
  tree.write("class/ben/exercises/02_threads/lock/lock.cpp", "");
  tree.write("class/cyd/lock/lock.cpp", "");
  tree.write("class/dan/lock", "a file");
  EXPECT_EQ(find_submission(exercise, tree.root / "class/ada"), tree.root / "class/ada/02_threads/lock");
  EXPECT_EQ(find_submission(exercise, tree.root / "class/ben"), tree.root / "class/ben/exercises/02_threads/lock");
  EXPECT_EQ(find_submission(exercise, tree.root / "class/cyd"), tree.root / "class/cyd/lock");
  EXPECT_EQ(find_submission(exercise, tree.root / "class/dan"), std::nullopt);
  EXPECT_EQ(find_submission(exercise, tree.root / "class/nobody"), std::nullopt);
}

TEST(FindSubmission, FollowsNoLinkInWhatWasHandedIn) {
  const CourseForTests tree;
  const model::Exercise exercise = tree.exercise();
  tree.write("class/ada/lock/lock.cpp", "");
  fs::create_directories(tree.root / "class/eve/02_threads");
  fs::create_directory_symlink(tree.root / "class/ada/lock", tree.root / "class/eve/lock");
  fs::create_directory_symlink(tree.root / "class/ada/lock", tree.root / "class/eve/02_threads/lock");
  EXPECT_EQ(find_submission(exercise, tree.root / "class/eve"), std::nullopt);
}

}  // namespace
}  // namespace lockstep::catalog
