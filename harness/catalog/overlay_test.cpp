#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "harness/catalog/course_for_tests.hpp"
#include "harness/catalog/digest.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::catalog {
namespace {

namespace fs = std::filesystem;

class MakeOverlay : public testing::Test {
 protected:
  Overlay overlay(const std::string& submission = "sub") {
    workspace = "workspace" + std::to_string(workspaces++);
    return make_overlay(tree.exercise(), tree.root / submission, tree.root / workspace);
  }
  // Why the submission is refused; empty if it is not.
  std::string refusal() {
    const Overlay made = overlay();
    EXPECT_FALSE(tree.exists(workspace + "/lock.cpp") && made.refused) << "a refused file lies in the workspace";
    EXPECT_EQ(made.sha256.size(), 64U);
    return made.refused ? made.refused->what : "";
  }
  std::string usage_error(const std::string& submission) {
    try {
      overlay(submission);
    } catch (const model::UsageError& error) {
      return error.what();
    }
    return "";
  }
  fs::path edit_file() {
    fs::create_directories(tree.root / "sub");
    return tree.root / "sub/lock.cpp";
  }

  CourseForTests tree;
  std::string workspace;
  int workspaces = 0;
};

TEST_F(MakeOverlay, LaysTheEditFileOverTheExercise) {
  tree.write("sub/lock.cpp", "int mine;\n");
  const Overlay made = overlay();
  EXPECT_FALSE(made.refused.has_value());
  EXPECT_EQ(tree.read(workspace + "/lock.cpp"), "int mine;\n");
  EXPECT_EQ(tree.read(workspace + "/lock.hpp"), "#pragma once\n");
  EXPECT_EQ(tree.read(workspace + "/tests/behaviour.cpp"), "// public test\n");
  EXPECT_FALSE(tree.exists(workspace + "/exercise.json"));
  ASSERT_EQ(made.files.size(), 1U);
  EXPECT_EQ(made.files[0].text, "int mine;\n");
  EXPECT_EQ(made.files[0].sha256, sha256_of("int mine;\n"));
  EXPECT_TRUE(made.ignored.empty());
}

TEST_F(MakeOverlay, AnotherUidCanReadTheWorkspaceWhateverTheUmask) {
  tree.write("sub/lock.cpp", "int mine;\n");
  const mode_t before = ::umask(077);
  overlay();
  ::umask(before);
  for (const char* file : {"/lock.cpp", "/lock.hpp", "/tests/behaviour.cpp", "/tests", ""})
    EXPECT_NE(fs::status(tree.root / (workspace + file)).permissions() & fs::perms::others_read, fs::perms::none) << file;
}

TEST_F(MakeOverlay, TheHashFollowsNameAndContentsOnly) {
  tree.write("sub/lock.cpp", "int mine;\n");
  const std::string first = overlay().sha256;
  tree.write("sub/extra.cpp", "int more;\n");
  EXPECT_EQ(overlay().sha256, first);
  tree.write("sub/lock.cpp", "int other;\n");
  EXPECT_NE(overlay().sha256, first);
}

TEST_F(MakeOverlay, TheSubmissionMayBeTheExerciseItselfOrTheFile) {
  EXPECT_TRUE(overlay("exercises/02_threads/lock").ignored.empty());
  EXPECT_EQ(tree.read(workspace + "/lock.cpp"), "// stub\n");
  EXPECT_FALSE(overlay("exercises/02_threads/lock/").refused.has_value());
  tree.write("mine/solution_of_ada.cpp", "int mine;\n");
  EXPECT_FALSE(overlay("mine/solution_of_ada.cpp").refused.has_value());
  EXPECT_EQ(tree.read(workspace + "/lock.cpp"), "int mine;\n");
}

TEST_F(MakeOverlay, WhatElseChangedIsIgnoredAndSaid) {
  tree.write("sub/lock.cpp", "int mine;\n");
  tree.write("sub/lock.hpp", "#define private public\n");
  tree.write("sub/README.md", "# Lock\n");
  tree.write("sub/extra.cpp", "");
  tree.write("sub/tests/behaviour.cpp", "// easier test\n");
  tree.write("sub/build/a.o", "");
  tree.write("sub/.git/config", "");
  fs::create_symlink("/etc/passwd", tree.root / "sub/exercise.json");
  EXPECT_EQ(overlay().ignored, (std::vector<std::string>{"`build` is ignored: the exercise has no such folder",
                                                         "`exercise.json` is ignored: it is neither a file nor a folder",
                                                         "`extra.cpp` is ignored: it is not part of the exercise",
                                                         "`lock.hpp` is ignored: it was changed, and the exercise's own was used",
                                                         "`tests/behaviour.cpp` is ignored: it was changed, and the exercise's own was used"}));
  EXPECT_EQ(tree.read(workspace + "/lock.hpp"), "#pragma once\n");
  EXPECT_EQ(tree.read(workspace + "/tests/behaviour.cpp"), "// public test\n");
  EXPECT_FALSE(tree.exists(workspace + "/extra.cpp"));
}

TEST_F(MakeOverlay, ManyOtherFilesAreCutToTwentyLinesAndOddNamesAreEscaped) {
  tree.write("sub/lock.cpp", "int mine;\n");
  for (int i = 0; i < 300; ++i) tree.write("sub/f" + std::to_string(i) + ".txt", "");
  tree.write("sub/a\n::error::forged\x1b[31m", "");
  const std::vector<std::string> ignored = overlay().ignored;
  ASSERT_EQ(ignored.size(), 20U);
  EXPECT_EQ(ignored[0], "`a\\n::error::forged\\x1b[31m` is ignored: it is not part of the exercise");
  EXPECT_EQ(ignored[19], "and 282 more are ignored");
}

TEST_F(MakeOverlay, AMissingFileIsRefusedAndANearNameIsNamed) {
  fs::create_directories(tree.root / "sub");
  EXPECT_EQ(refusal(), "The file `lock.cpp` is missing.");
  tree.write("sub/Lock.cpp", "int mine;\n");
  EXPECT_EQ(refusal(), "The file `lock.cpp` is missing (there is `Lock.cpp`; the name must be exactly `lock.cpp`).");
}

TEST_F(MakeOverlay, LinksFoldersPipesAndDevicesAreRefusedWithoutOpeningThem) {
  tree.write("elsewhere.cpp", "int stolen;\n");
  fs::create_symlink(tree.root / "elsewhere.cpp", edit_file());
  EXPECT_EQ(refusal(), "The file `lock.cpp` is a symbolic link.");
  fs::remove(edit_file());
  fs::create_directory(edit_file());
  EXPECT_EQ(refusal(), "The file `lock.cpp` is a folder.");
  fs::remove(edit_file());
  ASSERT_EQ(::mkfifo(edit_file().c_str(), 0666), 0);
  EXPECT_EQ(refusal(), "The file `lock.cpp` is a named pipe.");
  fs::remove(edit_file());
  if (::mknod(edit_file().c_str(), S_IFCHR | 0666, makedev(1, 5)) != 0) GTEST_SKIP() << "making a device needs rights";
  EXPECT_EQ(refusal(), "The file `lock.cpp` is a device.");
}

TEST_F(MakeOverlay, ContentThatIsNoSourceIsRefusedWithItsLine) {
  const auto refusal_of = [&](const std::string& bytes) {
    tree.write("sub/lock.cpp", bytes);
    return refusal();
  };
  EXPECT_EQ(refusal_of(""), "The file `lock.cpp` is empty.");
  EXPECT_EQ(refusal_of(" \n\t\n"), "The file `lock.cpp` is empty.");
  EXPECT_EQ(refusal_of(std::string("int a;\nint b;\0\n", 15)), "The file `lock.cpp` has a NUL byte in line 2.");
  EXPECT_EQ(refusal_of("int a;\n\n// M\xfcller\n"),
            "The file `lock.cpp` is not UTF-8: line 3 holds a byte that belongs to no character; store the file as UTF-8.");
  EXPECT_EQ(refusal_of("\xff\xfei\0n\0"), "The file `lock.cpp` is stored as UTF-16; store it as UTF-8.");
  EXPECT_EQ(refusal_of("\xEF\xBB\xBFint a;\r\n// M\xc3\xbcller\r\n"), "");
}

TEST_F(MakeOverlay, AHugeFileIsRefusedWithoutReadingIt) {
  tree.write("sub/lock.cpp", std::string(1024 * 1024, 'x'));
  EXPECT_EQ(refusal(), "");
  fs::resize_file(edit_file(), 100'000'000);  // sparse
  struct rusage before {
  }, after{};
  ::getrusage(RUSAGE_SELF, &before);
  EXPECT_EQ(refusal(), "The file `lock.cpp` is too big: 100000000 bytes, and at most 1048576 are accepted.");
  ::getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 20'000);  // KiB
}

TEST_F(MakeOverlay, ALongTextIsShownUpToALineEnd) {
  std::string text;
  while (text.size() < 400'000) text += "int x; // \xc3\xa9\n";
  tree.write("sub/lock.cpp", text);
  const Overlay made = overlay();
  EXPECT_EQ(tree.read(workspace + "/lock.cpp").size(), text.size());
  EXPECT_LE(made.files[0].text.size(), 256U * 1024);
  EXPECT_TRUE(made.files[0].text.ends_with('\n'));
}

TEST_F(MakeOverlay, AFileOrFolderWithoutReadPermissionIsNamed) {
  tree.write("sub/lock.cpp", "int mine;\n");
  const model::Exercise exercise = tree.exercise();
  fs::permissions(tree.root, fs::perms::all);
  // Root may read everything, so the attempts are made as another user.
  const bool root = ::geteuid() == 0;
  const auto attempt = [&](const char* to) {
    if (root && ::seteuid(65534) != 0) throw std::runtime_error("seteuid");
    std::string result;
    try {
      const Overlay made = make_overlay(exercise, tree.root / "sub", tree.root / to);
      result = made.refused ? made.refused->what : "accepted";
    } catch (const model::UsageError&) {
      result = "usage error";
    }
    if (root && ::seteuid(0) != 0) throw std::runtime_error("seteuid");
    return result;
  };
  EXPECT_EQ(attempt("w0"), "accepted");
  fs::permissions(edit_file(), fs::perms::none);
  EXPECT_EQ(attempt("w1"), "The file `lock.cpp` cannot be read: permission denied.");
  fs::permissions(tree.root / "sub", fs::perms::none);
  EXPECT_EQ(attempt("w2"), "usage error");
  fs::permissions(tree.root / "sub", fs::perms::all);
}

TEST_F(MakeOverlay, ASubmissionThatIsNotThereIsTheCallersMistake) {
  EXPECT_NE(usage_error("nowhere").find("there is no submission at"), std::string::npos);
  EXPECT_NE(usage_error("nowhere/deeper").find("there is no submission at"), std::string::npos);
}

TEST_F(MakeOverlay, AWorkspaceThatCannotBeMadeIsOurFault) {
  tree.write("sub/lock.cpp", "int mine;\n");
  tree.write("used/file", "");
  const model::Exercise exercise = tree.exercise();
  EXPECT_THROW(make_overlay(exercise, tree.root / "sub", tree.root / "used"), model::Fault);
  EXPECT_THROW(make_overlay(exercise, tree.root / "sub", "/proc/no/such"), model::Fault);
}

}  // namespace
}  // namespace lockstep::catalog
