#include "harness/build/references.hpp"

#include <charconv>
#include <optional>

namespace lockstep::build {
namespace {

// "0000000000000412 <_ZNK3pdc4Bank5totalEv>:"
std::optional<std::string_view> function_header(std::string_view line) {
  const std::size_t open = line.find(" <");
  if (open == std::string_view::npos || !line.ends_with(">:") || line.find_first_not_of("0123456789abcdef") != open) return std::nullopt;
  return line.substr(open + 2, line.size() - open - 4);
}

// "bank.cpp:10" or "bank.cpp:10 (discriminator 2)"
struct Place {
  std::string_view file;
  int line = 0;
};
std::optional<Place> place(std::string_view line) {
  if (const std::size_t note = line.find(" (discriminator"); note != std::string_view::npos) line = line.substr(0, note);
  const std::size_t colon = line.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(line.data() + colon + 1, line.data() + line.size(), number);
  if (error != std::errc() || end != line.data() + line.size()) return std::nullopt;
  return Place{line.substr(0, colon), number};
}

// "\t\t\t42d: R_X86_64_PLT32\t__tsan_func_entry-0x4"
std::optional<std::string_view> relocation(std::string_view line) {
  if (!line.starts_with("\t\t\t")) return std::nullopt;
  const std::size_t kind = line.find(": R_");
  const std::size_t tab = line.rfind('\t');
  if (kind == std::string_view::npos || tab <= kind) return std::nullopt;
  std::string_view symbol = line.substr(tab + 1);
  const std::size_t addend = symbol.find_last_of("+-");
  if (addend != std::string_view::npos && symbol.substr(addend + 1).starts_with("0x")) symbol = symbol.substr(0, addend);
  return symbol;
}

}  // namespace

std::vector<Reference> parse_references(std::string_view disassembly) {
  std::vector<Reference> references;
  Reference now;
  while (!disassembly.empty()) {
    const std::size_t end = disassembly.find('\n');
    const std::string_view line = disassembly.substr(0, end);
    disassembly.remove_prefix(end == std::string_view::npos ? disassembly.size() : end + 1);
    if (line.empty() || line.front() == ' ') continue;
    if (const auto symbol = relocation(line)) {
      now.symbol = *symbol;
      references.push_back(now);
    } else if (const auto function = function_header(line)) {
      now = Reference{.function = std::string(*function)};
    } else if (const auto where = place(line)) {
      now.file = where->file;
      now.line = where->line;
      if (now.owner.empty()) now.owner = now.file;
    }
  }
  return references;
}

}  // namespace lockstep::build
