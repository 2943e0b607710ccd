#include "harness/observe/frames.hpp"

#include <gtest/gtest.h>

namespace lockstep::observe {
namespace {

const std::vector<std::string> edit{"bank.cpp", "extra/queue.cpp"};

model::Frame classified(std::string file, std::string function = "f", int line = 5) {
  model::Frame frame{.function = std::move(function), .file = std::move(file), .line = line};
  classify(frame, edit);
  return frame;
}

TEST(Classify, KnowsTheStudentsFiles) {
  for (const char* path : {"bank.cpp", "extra/queue.cpp"}) {
    const model::Frame frame = classified(path);
    EXPECT_TRUE(frame.students && !frame.library) << path;
  }
  EXPECT_FALSE(classified("/usr/include/bank.cpp").students);
  EXPECT_FALSE(classified("queue.cpp").students);
}

TEST(Classify, TestsAreNeitherTheStudentsNorALibrary) {
  for (const char* path : {"tests/behaviour.cpp", "harness/inside/corpus/tests/right.cpp"}) {
    const model::Frame frame = classified(path);
    EXPECT_FALSE(frame.students || frame.library) << path;
  }
}

TEST(Classify, CallsTheRestLibrary) {
  for (const char* path :
       {"/usr/include/c++/12/bits/std_function.h", "/usr/src/googletest/googletest/src/gtest.cc", "harness/inside/testkit/threads.cpp",
        "bank.hpp", "pdc/prelude.hpp", "/lib/x86_64-linux-gnu/libc.so.6", "./nptl/pthread_create.c", "/usr/tests/x.cpp", "", "??"})
    EXPECT_TRUE(classified(path).library) << path;
}

TEST(Classify, AProbeStandsForData) {
  EXPECT_FALSE(classified("harness/inside/testkit/threads.hpp", "lockstep::testkit::Probe::write()").library);
  EXPECT_TRUE(classified("harness/inside/testkit/threads.hpp", "lockstep::testkit::together(unsigned long)").library);
}

model::Access access(std::vector<model::Frame> stack) {
  model::Access result;
  result.stack = std::move(stack);
  return result;
}

const auto own = [] { return classified("bank.cpp"); };
const auto test = [] { return classified("tests/t.cpp"); };
const auto standard = [] { return classified("/usr/include/c++/12/bits/move.h"); };
const auto probe = [] { return classified("harness/inside/testkit/threads.hpp", "lockstep::testkit::Probe::read() const"); };

TEST(IsStudents, ARaceWithOneAccessInTheirFile) {
  EXPECT_TRUE(is_students(model::Race{.accesses = {access({standard(), own(), test()}), access({test()})}}));
  EXPECT_FALSE(is_students(model::Race{.accesses = {access({standard(), test(), own()}), access({test()})}}));
  EXPECT_FALSE(is_students(model::Race{}));
  EXPECT_FALSE(is_students(model::Race{.accesses = {access({standard()}), access({})}}));
}

TEST(IsStudents, ARaceOnAProbe) {
  EXPECT_TRUE(is_students(model::Race{.accesses = {access({probe(), test()}), access({probe(), test(), own()})}}));
}

model::Frame module(const char* path) { return classified(path, "??", 0); }

TEST(IsStudents, ALeakOfTheirOwnAllocation) {
  const auto leak = [](std::vector<model::Frame> stack) { return is_students(model::SanitizerReport{"leak", "leaked", std::move(stack)}); };
  EXPECT_TRUE(leak({module("/lib/libasan.so.8"), module("/lib/libstdc++.so.6"), standard(), own(), test()}));
  EXPECT_FALSE(leak({module("/lib/libasan.so.8"), test(), own()}));
  EXPECT_FALSE(leak({module("/lib/libasan.so.8"), module("/lib/libmpi.so.40"), own(), test()}));
  EXPECT_FALSE(leak({module("/lib/libasan.so.8"), {.function = "0x7f00", .library = true}, own()}));
  EXPECT_FALSE(leak({}));
}

TEST(IsKnownFalse, OnlyInsideAtomicSharedPtrOnBothSides) {
  const model::Frame inside =
      classified("/usr/include/c++/12/bits/shared_ptr_atomic.h", "std::_Sp_atomic<std::shared_ptr<int> >::load(std::memory_order) const");
  EXPECT_TRUE(is_known_false(model::Race{.accesses = {access({standard(), inside, own()}), access({inside, own()})}}));
  EXPECT_FALSE(is_known_false(model::Race{.accesses = {access({inside, own()}), access({own(), inside})}}));
  EXPECT_FALSE(is_known_false(model::Race{}));
}

}  // namespace
}  // namespace lockstep::observe
