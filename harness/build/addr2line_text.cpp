#include "harness/build/addr2line_text.hpp"

#include <charconv>

#include "harness/build/symbol_names.hpp"

namespace lockstep::build {
namespace {

// "./bank.cpp:12", "bank.cpp:12 (discriminator 3)", "??:0", "bank.cpp:?"
void read_place(std::string_view text, CodePlace& place) {
  if (const std::size_t note = text.find(" (discriminator"); note != std::string_view::npos) text = text.substr(0, note);
  const std::size_t colon = text.rfind(':');
  const std::string_view file = text.substr(0, colon);
  if (file == "??") return;
  place.file = course_path(file);
  if (colon != std::string_view::npos) std::from_chars(text.data() + colon + 1, text.data() + text.size(), place.line);
}

}  // namespace

std::string course_path(std::string_view debug_path) {
  if (const std::size_t at = debug_path.rfind("/./"); at != std::string_view::npos) debug_path.remove_prefix(at + 3);
  while (debug_path.starts_with("./")) debug_path.remove_prefix(2);
  return std::string(debug_path);
}

std::vector<std::vector<CodePlace>> parse_addr2line(std::string_view text) {
  std::vector<std::vector<CodePlace>> all;
  bool function_next = true;
  CodePlace place;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.starts_with("0x") && line.find_first_not_of("0123456789abcdefx") == std::string_view::npos && function_next) {
      all.emplace_back();
    } else if (function_next) {
      place = CodePlace{};
      if (line != "??") place.function = demangle(std::string(line));
      function_next = false;
    } else {
      read_place(line, place);
      if (!all.empty()) all.back().push_back(place);
      function_next = true;
    }
  }
  return all;
}

}  // namespace lockstep::build
