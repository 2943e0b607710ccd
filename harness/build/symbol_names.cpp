#include "harness/build/symbol_names.hpp"

#include <cxxabi.h>

#include <cctype>
#include <cstdlib>
#include <memory>

namespace lockstep::build {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

bool in_identifier(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Behind the template arguments that begin at `at`, if any do.
std::size_t skip_arguments(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '<') return at;
  int depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (text[i] == '<') ++depth;
    if (text[i] == '>' && (i == 0 || text[i - 1] != '-') && --depth == 0) return i + 1;
  }
  return at;
}

bool matches_at(std::string_view text, std::size_t at, std::string_view pattern) {
  while (true) {
    const std::size_t end = pattern.find("::");
    std::string_view part = pattern.substr(0, end);
    const bool open = part.ends_with('*');
    if (open) part.remove_suffix(1);
    if (text.substr(at, part.size()) != part) return false;
    at += part.size();
    if (open)
      while (at < text.size() && in_identifier(text[at])) ++at;
    if (at < text.size() && in_identifier(text[at])) return false;
    if (end == std::string_view::npos) return true;
    at = skip_arguments(text, at);
    if (text.substr(at, 2) != "::") return false;
    at += 2;
    pattern.remove_prefix(end + 2);
  }
}

}  // namespace

std::string demangle(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  if (status != 0 || !symbol.starts_with("_Z")) return symbol;
  std::string result = text.get();
  for (const std::string_view inline_namespace : {"__cxx11::", "_V2::"}) replace_all(result, inline_namespace, "");
  replace_all(result, "std::basic_string<char, std::char_traits<char>, std::allocator<char> >", "std::string");
  replace_all(result, "> >", ">>");
  return result;
}

bool is_course_symbol(std::string_view mangled) {
  if (!mangled.starts_with("_Z")) return false;
  mangled.remove_prefix(2);
  if (mangled.starts_with("GV")) mangled.remove_prefix(2);                         // guard of a variable
  else if (mangled.starts_with('T') && mangled.size() > 2) mangled.remove_prefix(2);  // vtable, typeinfo, thread-local wrapper, ...
  if (!mangled.starts_with('N')) return false;
  mangled.remove_prefix(1);
  while (!mangled.empty() && std::string_view("rVKRO").find(mangled.front()) != std::string_view::npos) mangled.remove_prefix(1);
  return mangled.starts_with("3pdc");
}

bool names(std::string_view demangled, std::string_view pattern) {
  const std::string_view first = pattern.substr(0, pattern.find_first_of("*:"));
  for (std::size_t at = demangled.find(first); at != std::string_view::npos; at = demangled.find(first, at + 1)) {
    const bool begins = at == 0 || (!in_identifier(demangled[at - 1]) && demangled[at - 1] != ':');
    if (begins && matches_at(demangled, at, pattern)) return true;
  }
  return false;
}

}  // namespace lockstep::build
