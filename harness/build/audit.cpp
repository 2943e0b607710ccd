#include "harness/build/audit.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "harness/build/symbol_names.hpp"

namespace lockstep::build {
namespace {

constexpr std::string_view replaces = "it would replace what grades it";
constexpr std::string_view early = "such code runs before everything that watches it";
constexpr std::string_view blinds = "it would hide code from the tools that grade it";

bool begins_with_one_of(std::string_view name, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool reserved(std::string_view name) {
  static const std::set<std::string_view> names{
      "malloc",  "calloc",  "realloc",      "free",         "memalign", "posix_memalign", "aligned_alloc", "valloc",   "pvalloc",
      "_exit",   "_Exit",   "exit",         "quick_exit",   "abort",    "fork",           "vfork",         "syscall",  "dlsym",
      "dlopen",  "atexit",  "__cxa_atexit", "__cxa_throw",  "raise",    "sigaction",      "clock_gettime", "nanosleep"};
  return names.contains(name) ||
         begins_with_one_of(name, {"__tsan_", "__asan_", "__ubsan_", "__lsan_", "__sanitizer_", "__interceptor_", "Annotate", "pthread_", "lockstep_",
                                   "MPI_", "PMPI_", "_ZN8lockstep", "_ZNK8lockstep", "_ZN6__tsan", "_ZN6__asan", "_ZN11__sanitizer",
                                   "_ZN7testing", "_ZNK7testing"});
}

// Controls of the sanitizers that code may call, as opposed to what instrumentation calls.
bool controls_sanitizer(std::string_view name) {
  return begins_with_one_of(name, {"Annotate", "WTFAnnotate", "__lsan_", "__sanitizer_", "__interceptor_", "__tsan_acquire", "__tsan_release",
                                   "__tsan_ignore_", "__tsan_java_", "__tsan_mutex_", "__tsan_create_fiber", "__tsan_switch_to_fiber", "__tsan_external_",
                                   "__tsan_get_", "__asan_poison_memory_region", "__asan_unpoison_memory_region", "__asan_set_death_callback",
                                   "__asan_set_error_"});
}

// Ways to any of those by a name that no symbol shows.
bool looks_names_up(std::string_view name) { return name == "dlsym" || name == "dlvsym" || name == "dlopen" || name == "dlmopen"; }

// What only tests call.
bool of_the_harness(std::string_view name) { return begins_with_one_of(name, {"lockstep_", "_ZN8lockstep", "_ZNK8lockstep", "_ZN7testing", "_ZNK7testing"}); }

std::string_view without_underscores(std::string_view name) {
  while (name.starts_with('_')) name.remove_prefix(1);
  while (name.ends_with('_')) name.remove_suffix(1);
  return name;
}

bool names_attribute_that_hides(std::string_view name) {
  static const std::set<std::string_view> names{"no_address_safety_analysis", "disable_sanitizer_instrumentation", "optimize", "ifunc", "section",
                                                "no_instrument_function"};
  return names.contains(without_underscores(name)) || without_underscores(name).starts_with("no_sanitize");
}

// Names that only the compilers and their runtimes use.
bool of_a_sanitizer(std::string_view name) {
  return begins_with_one_of(name, {"__tsan_", "__asan_", "__ubsan_", "__lsan_", "__sanitizer_", "__interceptor_"});
}

bool is(const Token& token, std::string_view text) { return token.kind != Token::Kind::string && token.text == text; }

// One past the end of the brackets that open at `at`.
std::size_t end_of_brackets(const std::vector<Token>& tokens, std::size_t at) {
  int depth = 0;
  for (; at < tokens.size(); ++at) {
    if (is(tokens[at], "(") || is(tokens[at], "[")) ++depth;
    if ((is(tokens[at], ")") || is(tokens[at], "]")) && --depth == 0) return at + 1;
  }
  return at;
}

std::optional<Offence> audit_attribute(const std::vector<Token>& tokens, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    if (tokens[i].kind != Token::Kind::identifier) continue;
    if (names_attribute_that_hides(tokens[i].text)) return Offence{"uses the attribute " + tokens[i].text, std::string(blinds), tokens[i].line};
    const std::string_view name = without_underscores(tokens[i].text);
    if ((name == "constructor" || name == "destructor" || name == "init_priority") && i + 1 < to && is(tokens[i + 1], "("))
      return Offence{"gives a " + std::string(name) + " a priority", std::string(early), tokens[i].line};
  }
  return std::nullopt;
}

std::optional<Offence> audit_pragma(const std::vector<Token>& tokens, int line) {
  static const std::set<std::string_view> words{"optimize", "push_options", "pop_options", "redefine_extname", "weak", "attribute", "system_header", "comment", "section"};
  for (const Token& token : tokens)
    if (token.kind == Token::Kind::identifier && words.contains(token.text))
      return Offence{"uses the pragma " + token.text, "it changes how the file is compiled, and with it what the tools that grade it see", line};
  return std::nullopt;
}

}  // namespace

std::optional<Offence> audit_symbols(const ObjectFile& object, bool holds_tests) {
  for (const Symbol& symbol : object.symbols) {
    const bool exported = symbol.defined && symbol.binding != Binding::local;
    if (symbol.ifunc) return Offence{"resolves " + demangle(symbol.name) + " at load time", std::string(early)};
    // Weak C++ definitions are inline functions of headers; those of testing:: and lockstep:: come from the tests' own headers.
    if (exported && reserved(symbol.name) && (symbol.strong() || !symbol.name.starts_with("_Z")))
      return Offence{"defines " + demangle(symbol.name), std::string(replaces)};
    if (!symbol.defined && (controls_sanitizer(symbol.name) || (!holds_tests && (of_the_harness(symbol.name) || looks_names_up(symbol.name)))))
      return Offence{"calls " + demangle(symbol.name), "it would steer the tools that grade it"};
  }
  for (const std::string& section : object.sections)
    if (begins_with_one_of(section, {".preinit_array", ".rela.preinit_array", ".deplibs", ".gnu.warning"}))
      return Offence{"has code or data in the section " + section, std::string(early)};
  return std::nullopt;
}

std::optional<Offence> audit_tokens(const std::vector<Token>& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const auto next = [&](std::size_t n) { return i + n < tokens.size() ? std::string_view(tokens[i + n].text) : std::string_view(); };
    if (is(token, "[") && next(1) == "[" && is(tokens[i + 1], "["))
      if (auto offence = audit_attribute(tokens, i, end_of_brackets(tokens, i))) return offence;
    if (is(token, "#") && token.directive && (i == 0 || !tokens[i - 1].directive || tokens[i - 1].line != token.line)) {
      if (next(1) == "line" || (i + 1 < tokens.size() && tokens[i + 1].kind == Token::Kind::number && tokens[i + 1].line == token.line))
        return Offence{"changes its line numbers", "findings about this file must name its real lines", token.line};
      std::vector<Token> line;
      for (std::size_t k = i; k < tokens.size() && tokens[k].directive && (k == i || !is(tokens[k], "#") || tokens[k].line == token.line); ++k)
        line.push_back(tokens[k]);
      if (next(1) == "pragma")
        if (auto offence = audit_pragma(line, token.line)) return offence;
    }
    if (token.kind != Token::Kind::identifier) continue;
    if (token.text == "asm" || token.text == "__asm__" || token.text == "__asm")
      return Offence{"contains assembly", "the sanitizers cannot see into it", token.line};
    if (token.text == "__attribute__" || token.text == "__attribute" || token.text == "__declspec")
      if (auto offence = audit_attribute(tokens, i, end_of_brackets(tokens, i + 1))) return offence;
    if (token.text == "_Pragma" && next(1) == "(" && i + 2 < tokens.size() && tokens[i + 2].kind == Token::Kind::string)
      if (auto offence = audit_pragma(tokenize(tokens[i + 2].text), token.line)) return offence;
    if (of_a_sanitizer(token.text)) return Offence{"names " + token.text, "it would steer the tools that grade it", token.line};
    if (token.text == "__SANITIZE_THREAD__" || token.text == "__SANITIZE_ADDRESS__" || token.text == "thread_sanitizer" ||
        token.text == "address_sanitizer")
      return Offence{"asks whether it is compiled for " + token.text, "a submission must do the same under every tool", token.line};
  }
  return std::nullopt;
}

std::optional<Offence> audit_headers(const std::vector<Token>& tokens) {
  for (const Token& token : tokens) {
    const std::string_view name = token.kind == Token::Kind::identifier ? without_underscores(token.text) : std::string_view();
    if (name.starts_with("no_sanitize") || name == "disable_sanitizer_instrumentation")
      return Offence{"uses the attribute " + token.text + " by way of a header", std::string(blinds)};
  }
  return std::nullopt;
}

}  // namespace lockstep::build
