// A small course in a folder of its own, for the unit tests of this module. Removed at the end.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "harness/catalog/catalog.hpp"

namespace lockstep::catalog {

inline constexpr const char* good_manifest = R"({
  "schema": 1,
  "title": "Lock",
  "covers": "Chapter 2: Lock",
  "difficulty": 2,
  "edit": ["lock.cpp"],
  "forbid": [{"facility": "std::mutex", "because": "it is what you build here"}],
  "checks": [
    {"id": "excludes", "engine": "native", "program": "behaviour.cpp", "tests": ["Lock.*"], "points": 60, "says": "one at a time"},
    {"id": "no_race", "engine": "tsan", "program": "secret.cpp", "points": 40, "hidden": true, "needs": ["excludes"], "says": "nobody races"}
  ]
})";

class CourseForTests {
 public:
  CourseForTests() {
    std::string name = (std::filesystem::temp_directory_path() / "course-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    root = name;
    add_exercise("02_threads/lock");
  }
  ~CourseForTests() {
    std::error_code error;
    std::filesystem::remove_all(root, error);
  }
  CourseForTests(const CourseForTests&) = delete;
  CourseForTests& operator=(const CourseForTests&) = delete;

  void write(const std::string& path, const std::string& bytes) const {
    std::filesystem::create_directories((root / path).parent_path());
    std::ofstream(root / path, std::ios::binary) << bytes;
  }
  void remove(const std::string& path) const { std::filesystem::remove_all(root / path); }
  bool exists(const std::string& path) const { return std::filesystem::exists(root / path); }
  std::string read(const std::string& path) const {
    std::ifstream in(root / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  void add_exercise(const std::string& id) const {
    const std::string folder = "exercises/" + id + "/";
    write(folder + "exercise.json", good_manifest);
    write(folder + "README.md", "# Lock\n");
    write(folder + "HINTS.md", "# Hints\n\n## 1\n\nweak\n\n## 2\n\nmiddle\n\n## 3\n\nstrong\n");
    write(folder + "lock.hpp", "#pragma once\n");
    write(folder + "lock.cpp", "// stub\n");
    write(folder + "tests/behaviour.cpp", "// public test\n");
  }
  void add_solution(const std::string& id) const {
    const std::string folder = "solutions/" + id + "/";
    write(folder + "NOTES.md", "why\n");
    write(folder + "reference/lock.cpp", "int right;\n");
    write(folder + "accepted/spins_first/lock.cpp", "int right_too;\n");
    write(folder + "rejected/data_race/reads_without_lock/lock.cpp", "int wrong;\n");
    write(folder + "rejected/data_race/reads_without_lock/expect.json", R"({"check": "no_race", "why": "It reads without the lock."})");
    write(folder + "tests/secret.cpp", "// hidden test\n");
  }
  Course course() const { return read_course(root); }
  model::Exercise exercise() const {
    const Course read = course();
    EXPECT_EQ(render_problems(read.problems), "");
    return read.exercises.at(0);
  }

  std::filesystem::path root;
};

}  // namespace lockstep::catalog
