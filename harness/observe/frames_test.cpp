#include "harness/observe/frames.hpp"

#include <gtest/gtest.h>

namespace lockstep::observe {
namespace {

const SourceNames names{.workspace = "/cache/work/1", .edit = {"bank.cpp", "extra/queue.cpp"}};

model::Frame classified(std::string file, std::string function = "f") {
  model::Frame frame{.function = std::move(function), .file = std::move(file), .line = 5};
  classify(frame, names);
  return frame;
}

TEST(Classify, KnowsTheStudentsFiles) {
  for (const char* path : {"/cache/work/1/bank.cpp", "/cache/work/1/./bank.cpp", "bank.cpp", "./bank.cpp", "/cache/work/2/../1/bank.cpp"}) {
    const model::Frame frame = classified(path);
    EXPECT_TRUE(frame.students && !frame.library) << path;
    EXPECT_EQ(frame.file, "bank.cpp");
  }
  EXPECT_EQ(classified("/cache/work/1/extra/queue.cpp").file, "extra/queue.cpp");
  EXPECT_FALSE(classified("/cache/work/2/bank.cpp").students);
  EXPECT_FALSE(classified("/usr/include/bank.cpp").students);
}

TEST(Classify, ShowsTestsByTheNameThatTheStudentKnows) {
  for (const char* path : {"/cache/work/1/tests/behaviour.cpp", "/course/solutions/02_threads/lock/tests/behaviour.cpp", "tests/behaviour.cpp"}) {
    const model::Frame frame = classified(path);
    EXPECT_EQ(frame.file, "tests/behaviour.cpp");
    EXPECT_FALSE(frame.students || frame.library) << path;
  }
}

TEST(Classify, CallsTheRestLibrary) {
  for (const char* path : {"/usr/include/c++/12/bits/std_function.h", "/usr/src/googletest/googletest/src/gtest.cc", "/x/harness/inside/testkit/threads.cpp",
                           "/cache/work/1/bank.hpp", "/lib/x86_64-linux-gnu/libc.so.6", "./nptl/pthread_create.c", "", "??"})
    EXPECT_TRUE(classified(path).library) << path;
  EXPECT_EQ(classified("/x/harness/inside/testkit/threads.cpp").file, "harness/inside/testkit/threads.cpp");
  EXPECT_EQ(classified("/cache/work/1/bank.hpp").file, "bank.hpp");
  EXPECT_EQ(classified("/course/exercises/pdc/prelude.hpp").file, "pdc/prelude.hpp");
}

TEST(Classify, AProbeStandsForData) {
  EXPECT_FALSE(classified("/x/harness/inside/testkit/threads.hpp", "lockstep::testkit::Probe::write()").library);
  EXPECT_TRUE(classified("/x/harness/inside/testkit/threads.hpp", "lockstep::testkit::together(unsigned long)").library);
}

model::Access access(std::vector<model::Frame> stack) {
  model::Access result;
  result.stack = std::move(stack);
  return result;
}

const auto own = [] { return classified("bank.cpp"); };
const auto test = [] { return classified("tests/t.cpp"); };
const auto standard = [] { return classified("/usr/include/c++/12/bits/move.h"); };
const auto probe = [] { return classified("/x/harness/inside/testkit/threads.hpp", "lockstep::testkit::Probe::read() const"); };

TEST(IsStudents, ARaceWithOneAccessInTheirFile) {
  EXPECT_TRUE(is_students(model::Race{.accesses = {access({standard(), own(), test()}), access({test()})}}));
  EXPECT_FALSE(is_students(model::Race{.accesses = {access({standard(), test(), own()}), access({test()})}}));
  EXPECT_FALSE(is_students(model::Race{}));
  EXPECT_FALSE(is_students(model::Race{.accesses = {access({standard()}), access({})}}));
}

TEST(IsStudents, ARaceOnAProbe) { EXPECT_TRUE(is_students(model::Race{.accesses = {access({probe(), test()}), access({probe(), test(), own()})}})); }

model::Frame module(const char* path) {
  model::Frame frame{.function = "??", .file = path};
  classify(frame, names);
  return frame;
}

TEST(IsStudents, ALeakOfTheirOwnAllocation) {
  const auto leak = [](std::vector<model::Frame> stack) { return is_students(model::SanitizerReport{"leak", "leaked", std::move(stack)}); };
  EXPECT_TRUE(leak({module("/lib/libasan.so.8"), module("/lib/libstdc++.so.6"), standard(), own(), test()}));
  EXPECT_FALSE(leak({module("/lib/libasan.so.8"), test(), own()}));
  EXPECT_FALSE(leak({module("/lib/libasan.so.8"), module("/lib/libmpi.so.40"), own(), test()}));
  EXPECT_FALSE(leak({module("/lib/libasan.so.8"), {.function = "0x7f00", .library = true}, own()}));
  EXPECT_FALSE(leak({}));
}

TEST(IsKnownFalse, OnlyInsideAtomicSharedPtrOnBothSides) {
  const model::Frame inside = classified("/usr/include/c++/12/bits/shared_ptr_atomic.h", "std::_Sp_atomic<std::shared_ptr<int> >::load(std::memory_order) const");
  EXPECT_TRUE(is_known_false(model::Race{.accesses = {access({standard(), inside, own()}), access({inside, own()})}}));
  EXPECT_FALSE(is_known_false(model::Race{.accesses = {access({inside, own()}), access({own(), inside})}}));
  EXPECT_FALSE(is_known_false(model::Race{}));
}

}  // namespace
}  // namespace lockstep::observe
