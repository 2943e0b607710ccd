#include "harness/build/diagnostics.hpp"

#include <gtest/gtest.h>

namespace lockstep::build {
namespace {

const std::string folder = "/ws/sub";
const std::vector<std::string> edit{"bank.cpp"};

Diagnosis first(std::string_view text) { return first_error(text, folder, edit); }

// gcc 12
TEST(Diagnostics, GccErrorInTheStudentsFile) {
  const Diagnosis d = first(
      "/ws/sub/bank.cpp: In constructor 'pdc::Bank::Bank(int)':\n"
      "/ws/sub/bank.cpp:3:9: warning: unused variable 'x' [-Wunused-variable]\n"
      "/ws/sub/bank.cpp:4:30: error: 'undefined_thing' was not declared in this scope\n"
      "/ws/sub/bank.cpp:4:78: error: no matching function for call to 'push_back(const char [2])'\n");
  EXPECT_EQ(d.message, "'undefined_thing' was not declared in this scope");
  EXPECT_EQ(d.file, "bank.cpp");
  EXPECT_EQ(d.line, 4);
}

TEST(Diagnostics, GccInstantiationLeadsToTheStudentsLine) {
  const Diagnosis d = first(
      "In file included from /usr/include/c++/12/ext/alloc_traits.h:34,\n"
      "                 from /ws/sub/bank.cpp:1:\n"
      "/usr/include/c++/12/bits/alloc_traits.h: In instantiation of 'static constexpr void construct()':\n"
      "/usr/include/c++/12/bits/vector.tcc:117:30:   required from 'constexpr std::vector<_Tp, _Alloc>::reference emplace_back()'\n"
      "/ws/sub/bank.cpp:7:14:   required from here\n"
      "/usr/include/c++/12/bits/alloc_traits.h:518:28: error: no matching function for call to 'construct_at(std::mutex*&, std::mutex)'\n");
  EXPECT_EQ(d.file, "bank.cpp");
  EXPECT_EQ(d.line, 7);
  EXPECT_EQ(d.message, "no matching function for call to 'construct_at(std::mutex*&, std::mutex)'");
}

// clang 14 and 19
TEST(Diagnostics, ClangInstantiationLeadsToTheStudentsLine) {
  const Diagnosis d = first(
      "In file included from /ws/sub/bank.cpp:1:\n"
      "/usr/lib/gcc/x86_64-linux-gnu/12/../../../../include/c++/12/bits/std_thread.h:128:17: error: static assertion failed due to requirement "
      "'__is_invocable<(lambda at /ws/sub/bank.cpp:6:17), pdc::NoCopy>::value': std::thread arguments must be invocable\n"
      "/ws/sub/bank.cpp:6:15: note: in instantiation of function template specialization 'std::thread::thread<>' requested here\n"
      "/ws/sub/bank.cpp:9:1: error: later\n");
  EXPECT_EQ(d.file, "bank.cpp");
  EXPECT_EQ(d.line, 6);
  EXPECT_NE(d.message.find("(lambda at bank.cpp:6:17)"), std::string::npos) << d.message;
}

TEST(Diagnostics, AnErrorElsewhereHasNoLine) {
  const Diagnosis d = first("/ws/course/tests/behaviour.cpp:12:5: error: 'class pdc::Bank' has no member named 'total'\n");
  EXPECT_EQ(d.message, "'class pdc::Bank' has no member named 'total'");
  EXPECT_EQ(d.file, "");
  EXPECT_EQ(d.line, 0);
}

TEST(Diagnostics, ErrorsWithoutAPlaceAreKept) {
  EXPECT_EQ(first("cc1plus: some note\nfatal error: out of everything\n").message, "out of everything");
  EXPECT_EQ(first("/ws/sub/bank.cpp:1:10: fatal error: x.h: No such file or directory\ncompilation terminated.\n").line, 1);
}

TEST(Diagnostics, NoTextHarms) {
  for (const char* text : {"", ":", "::::", "a:1", "a:1:", "error: ", "\n\n", "x:99999999999999:1: error: big"}) first(text);
  EXPECT_EQ(first("all is well\n").message, "");
}

TEST(Diagnostics, MessagesAreShortAndReadable) {
  EXPECT_EQ(shorten("cannot convert 'std::__cxx11::basic_string<char>' to 'value_type' {aka 'int'} [-fpermissive]", folder),
            "cannot convert 'std::string' to 'value_type'");
  EXPECT_LE(shorten(std::string(5000, 'x'), folder).size(), 310u);
}

TEST(LinkErrors, UndefinedNamesOfBothLinkers) {
  EXPECT_EQ(undefined_names("mold: error: undefined symbol: _ZN3pdc5otherEi\n>>> referenced by tl.cpp\n>>>               tl.o:(pdc::z())\n"
                            "mold: error: undefined symbol: helper_c\n"),
            (std::vector<std::string>{"_ZN3pdc5otherEi", "helper_c"}));
  EXPECT_EQ(undefined_names("/usr/bin/ld: tl.o: in function `_ZN3pdc1zEv':\n/tmp/./tl.cpp:1: undefined reference to `helper_c'\n"
                            "/usr/bin/ld: /tmp/./tl.cpp:1: undefined reference to `_ZN3pdc5otherEi'\ncollect2: error\n"),
            (std::vector<std::string>{"helper_c", "_ZN3pdc5otherEi"}));
}

TEST(LinkErrors, DuplicateNamesOfBothLinkers) {
  EXPECT_EQ(duplicate_names("mold: error: duplicate symbol: a.o: b.o: _ZN3pdc1fEv\n"), std::vector<std::string>{"_ZN3pdc1fEv"});
  EXPECT_EQ(duplicate_names("/usr/bin/ld: b.o: in function `_ZN3pdc1fEv':\nb.cpp:1: multiple definition of `_ZN3pdc1fEv'; a.o:a.cpp:1: first defined here\n"),
            std::vector<std::string>{"_ZN3pdc1fEv"});
}

}  // namespace
}  // namespace lockstep::build
