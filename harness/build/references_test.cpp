#include "harness/build/references.hpp"

#include <gtest/gtest.h>

namespace lockstep::build {
namespace {

// From objdump 2.40.
constexpr std::string_view sample =
    "\nmerged.o:     file format elf64-x86-64\n\n\nDisassembly of section .text:\n\n"
    "0000000000000412 <_ZNK3pdc4Bank5totalEv>:\n"
    "_ZNK3pdc4Bank5totalEv():\n"
    "/tmp/./bank.cpp:10\n"
    "     412:\tpush   %rbp\n"
    "     42c:\tcall   431 <_ZNK3pdc4Bank5totalEv+0x1f>\n"
    "\t\t\t42d: R_X86_64_PLT32\t__tsan_func_entry-0x4\n"
    "/tmp/./bank.cpp:12 (discriminator 3)\n"
    "\t\t\t440: R_X86_64_REX_GOTPCRELX\tpopen-0x4\n"
    "/usr/include/c++/12/barrier:247\n"
    "\t\t\t450: R_X86_64_PC32\t.bss+0x3c\n"
    "\n"
    "Disassembly of section .text._ZNSt7barrier:\n\n"
    "0000000000000000 <_ZNSt7barrierISt18__empty_completionE4waitEv>:\n"
    "_ZNSt7barrierISt18__empty_completionE4waitEv():\n"
    "/usr/include/c++/12/barrier:190\n"
    "\t\t\t15: R_X86_64_PLT32\tsched_yield-0x4\n";

TEST(References, EachUseKnowsItsFunctionOwnerAndLine) {
  const std::vector<Reference> found = parse_references(sample);
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[1].symbol, "popen");
  EXPECT_EQ(found[1].function, "_ZNK3pdc4Bank5totalEv");
  EXPECT_EQ(found[1].line, 12);
  EXPECT_EQ(found[2].symbol, ".bss");
  EXPECT_EQ(found[2].file, "/usr/include/c++/12/barrier");
  EXPECT_EQ(found[2].owner, "/tmp/./bank.cpp");
  EXPECT_EQ(found[3].symbol, "sched_yield");
  EXPECT_EQ(found[3].owner, "/usr/include/c++/12/barrier");
}

TEST(References, NothingIsFoundInOtherText) { EXPECT_TRUE(parse_references("a\n\nb: c\n\t\t\tx\n").empty()); }

}  // namespace
}  // namespace lockstep::build
