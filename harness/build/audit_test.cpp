#include "harness/build/audit.hpp"

#include <gtest/gtest.h>

namespace lockstep::build {
namespace {

std::string offence_in(std::string_view source) {
  const auto offence = audit_tokens(tokenize(source));
  return offence ? offence->what + ":" + std::to_string(offence->line) : "";
}

std::string offence_of(Symbol symbol) {
  const auto offence = audit_symbols(ObjectFile{{std::move(symbol)}, {}});
  return offence ? offence->what : "";
}

TEST(AuditTokens, AssemblyIsRefusedWhereItStands) {
  EXPECT_EQ(offence_in("int f();\nvoid g() { asm volatile(\"pause\"); }"), "contains assembly:2");
  EXPECT_EQ(offence_in("int f() __asm__(\"malloc\");"), "contains assembly:1");
  EXPECT_EQ(offence_in("#define A asm\n"), "contains assembly:1");
}

TEST(AuditTokens, WordsInCommentsAndStringsAreNoUse) {
  EXPECT_EQ(offence_in("// asm(\"x\") __attribute__((no_sanitize))\nauto s = \"asm no_sanitize #pragma GCC optimize\";"), "");
}

TEST(AuditTokens, AttributesThatHideCodeAreRefused) {
  for (const char* source : {"__attribute__((no_sanitize(\"thread\"))) void f();", "[[gnu::no_sanitize_thread]] void f();",
                             "[[clang::disable_sanitizer_instrumentation]] void f();", "__attribute__((__no_sanitize_address__)) int x;",
                             "__attribute__((optimize(3))) void f();", "[[gnu::section(\".text\")]] int x;", "__attribute__((ifunc(\"r\"))) void f();",
                             "__attribute__((constructor(101))) void f();", "<:<:gnu::no_sanitize_thread:>:> void f();"})
    EXPECT_NE(offence_in(source), "") << source;
}

TEST(AuditTokens, OrdinaryAttributesAndNamesAreAllowed) {
  for (const char* source : {"[[nodiscard]] int section(int optimize) { return optimize; }", "[[maybe_unused]] int a[3]; int b = a[a[0]];",
                             "__attribute__((noinline)) void f();", "[[gnu::constructor]] static void begin();", "#pragma once\n#include <thread>\n",
                             "#pragma GCC diagnostic ignored \"-Wunused\"\n", "#define CAT(a, b) a##b\nint weak, comment, attribute;"})
    EXPECT_EQ(offence_in(source), "") << source;
}

TEST(AuditTokens, PragmasThatChangeTheCompilationAreRefused) {
  for (const char* source : {"#pragma GCC optimize(\"O3\")\n", "_Pragma(\"GCC optimize(3)\")", "#pragma weak malloc\n", "# pragma GCC push_options\n",
                             "#pragma clang attribute push(__attribute__((annotate(\"x\"))), apply_to = function)\n", "#line 3 \"x.cpp\"\n", "# 7 \"x.cpp\"\n"})
    EXPECT_NE(offence_in(source), "") << source;
}

TEST(AuditTokens, APragmaIsFoundBehindOtherCodeOfItsLine) {  // as preprocessing leaves it, with the lines of the source
  std::vector<Token> tokens = tokenize("int a;\n#pragma GCC optimize(3)\n");
  for (Token& token : tokens) token.line = 1;
  EXPECT_TRUE(audit_tokens(tokens));
}

TEST(AuditTokens, TheSanitizersNamesAreTheirs) {
  EXPECT_NE(offence_in("extern \"C\" void __tsan_ignore_thread_begin();"), "");
  EXPECT_EQ(offence_in("void tsan_begin(); int __builtin_expect(long, long);"), "");
}

TEST(AuditHeaders, OnlyAttributesThatHideCodeAreRefused) {
  EXPECT_TRUE(audit_headers(tokenize("__attribute__((__no_sanitize_thread__)) void f();")));
  EXPECT_FALSE(audit_headers(tokenize("__attribute__((section(\".text\"), constructor(101))) void f(); asm(\"nop\"); void __tsan_acquire(void*);")));
}

TEST(AuditTokens, AskingForTheSanitizerIsRefused) {
  EXPECT_NE(offence_in("#ifdef __SANITIZE_THREAD__\n#endif\n"), "");
  EXPECT_NE(offence_in("#if __has_feature(thread_sanitizer)\n#endif\n"), "");
}

TEST(AuditSymbols, WhatWouldReplaceTheGraderIsRefused) {
  for (const char* name : {"__tsan_default_suppressions", "__asan_default_options", "pthread_mutex_lock", "malloc", "_exit", "MPI_Send", "PMPI_Barrier",
                           "lockstep_read", "AnnotateHappensBefore", "_ZN7testing4Test3RunEv", "_ZNK7testing15AssertionResultcvbEv"}) {
    EXPECT_NE(offence_of({name, Binding::global, true}), "") << name;
    EXPECT_EQ(offence_of({name, Binding::local, true}), "") << name;
  }
  EXPECT_NE(offence_of({"malloc", Binding::weak, true}), "");
}

TEST(AuditSymbols, OrdinarySymbolsPass) {
  for (const char* name : {"main", "_Znwm", "_ZN3pdc4Bank5totalEv", "helper", "read_all"}) EXPECT_EQ(offence_of({name, Binding::global, true}), "") << name;
  for (const char* name : {"pthread_mutex_lock", "malloc", "__tsan_read8", "__tsan_func_entry", "__asan_report_load8", "__asan_set_shadow_f5",
                           "__ubsan_handle_add_overflow_abort", "__tsan_atomic32_load"})
    EXPECT_EQ(offence_of({name, Binding::global, false}), "") << name;
}

TEST(AuditSymbols, SteeringTheSanitizerIsRefused) {
  for (const char* name : {"__lsan_disable", "AnnotateIgnoreReadsBegin", "__sanitizer_set_report_fd", "__tsan_acquire", "__tsan_ignore_thread_begin",
                           "__tsan_java_acquire", "WTFAnnotateHappensBefore", "__sanitizer_internal_memcpy", "dlsym", "dlopen", "_ZN7testing8UnitTest11GetInstanceEv"})
    EXPECT_NE(offence_of({name, Binding::global, false}), "") << name;
}

TEST(AuditSymbols, ATestMayCallWhatTestsCall) {
  const ObjectFile object{{{"_ZN7testing8UnitTest11GetInstanceEv", Binding::global, false}}, {}};
  EXPECT_FALSE(audit_symbols(object, true));
}

TEST(AuditSymbols, CodeBeforeEverythingElseIsRefused) {
  EXPECT_NE(offence_of({.name = "f", .binding = Binding::local, .defined = true, .ifunc = true}), "");
  EXPECT_TRUE(audit_symbols(ObjectFile{{}, {".text", ".preinit_array"}}));
}

}  // namespace
}  // namespace lockstep::build
