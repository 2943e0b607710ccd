#include <gtest/gtest.h>

#include "harness/catalog/course_for_tests.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::catalog {
namespace {

TEST(Course, AnExerciseIsItsFolder) {
  const CourseForTests tree;
  const model::Exercise exercise = tree.exercise();
  EXPECT_EQ(exercise.id, "02_threads/lock");
  EXPECT_TRUE(exercise.folder.is_absolute());
  EXPECT_EQ(exercise.hints, (std::vector<std::string>{"weak", "middle", "strong"}));
  EXPECT_FALSE(exercise.solution.has_value());
  EXPECT_EQ(exercise.version.size(), 64U);
}

TEST(Course, AHiddenProgramMayBeAbsentOnlyWithItsWholeSolution) {
  const CourseForTests tree;
  EXPECT_TRUE(tree.course().problems.empty());
  tree.add_solution("02_threads/lock");
  EXPECT_TRUE(tree.exercise().solution.has_value());
  tree.remove("solutions/02_threads/lock/tests/secret.cpp");
  EXPECT_EQ(render_problems(tree.course().problems),
            "exercises/02_threads/lock/exercise.json: checks[1].program: there is no file solutions/02_threads/lock/tests/secret.cpp\n");
}

TEST(Course, MissingFilesOfSeveralExercisesAreReportedTogetherAndTheOthersStay) {
  const CourseForTests tree;
  tree.add_exercise("02_threads/barrier");
  tree.add_exercise("03_processes/pipe");
  for (const char* file : {"lock.cpp", "README.md", "tests/behaviour.cpp", "HINTS.md"})
    tree.remove(std::string("exercises/02_threads/barrier/") + file);
  tree.remove("exercises/03_processes/pipe/exercise.json");
  const Course course = tree.course();
  ASSERT_EQ(course.exercises.size(), 1U);
  EXPECT_EQ(course.exercises[0].id, "02_threads/lock");
  EXPECT_EQ(render_problems(course.problems),
            "exercises/02_threads/barrier/exercise.json: edit: there is no file `lock.cpp` in exercises/02_threads/barrier\n"
            "exercises/02_threads/barrier/exercise.json: checks[0].program: there is no file exercises/02_threads/barrier/tests/behaviour.cpp\n"
            "exercises/02_threads/barrier/README.md: is missing\n"
            "exercises/02_threads/barrier/HINTS.md: is missing\n"
            "exercises/03_processes/pipe/exercise.json: is missing, or cannot be read\n");
}

TEST(Course, FolderNamesFollowTheRules) {
  const CourseForTests tree;
  tree.add_exercise("02_threads/Bad-Name");
  tree.add_exercise("threads/lock");
  tree.write("exercises/pdc/prelude.hpp", "");
  const std::string problems = render_problems(tree.course().problems);
  EXPECT_NE(problems.find("exercises/02_threads/Bad-Name: the folder's name is not snake_case"), std::string::npos);
  EXPECT_NE(problems.find("exercises/threads: holds exercises, but its name is not a chapter's"), std::string::npos);
  EXPECT_EQ(problems.find("pdc"), std::string::npos);
}

TEST(Course, TheVersionChangesWithWhatCanChangeAVerdictAndOnlyThen) {
  const CourseForTests tree;
  tree.add_solution("02_threads/lock");
  const std::string before = tree.exercise().version;
  const std::string folder = "exercises/02_threads/lock/";
  tree.write(folder + "README.md", "other prose\n");
  tree.write(folder + "HINTS.md", "## 1\na\n## 2\nb\n## 3\nc\n");
  tree.write(folder + "lock.cpp", "// another stub\n");
  tree.write(folder + "exercise.json", std::string(good_manifest) + "\n");
  tree.write("solutions/02_threads/lock/NOTES.md", "other notes\n");
  EXPECT_EQ(tree.exercise().version, before);

  std::vector<std::string> versions{before};
  for (const char* file : {"exercises/02_threads/lock/lock.hpp", "exercises/02_threads/lock/tests/behaviour.cpp",
                           "solutions/02_threads/lock/tests/secret.cpp", "exercises/pdc/prelude.hpp"}) {
    tree.write(file, "// changed\n");
    versions.push_back(tree.exercise().version);
    EXPECT_NE(versions[versions.size() - 2], versions.back()) << file;
  }
}

TEST(Course, ItsRootIsFoundFromWithin) {
  const CourseForTests tree;
  EXPECT_EQ(find_course_root(tree.root / "exercises/02_threads/lock/tests"), tree.root);
  EXPECT_EQ(find_course_root(tree.root), tree.root);
  EXPECT_EQ(find_course_root(tree.root / "exercises/"), tree.root);
  const CourseForTests empty;
  empty.remove("exercises/02_threads");
  EXPECT_EQ(find_course_root(empty.root), std::nullopt);
  EXPECT_TRUE(read_course(empty.root).exercises.empty());
  EXPECT_THROW(read_course(empty.root / "exercises"), model::UsageError);
}

}  // namespace
}  // namespace lockstep::catalog
