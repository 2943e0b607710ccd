#include "harness/build/toolchain_text.hpp"

#include <cctype>
#include <charconv>
#include <sstream>

namespace lockstep::build {

int CompilerText::major() const {
  int number = 0;
  std::from_chars(version.data(), version.data() + version.size(), number);
  return number;
}

CompilerText parse_compiler_version(std::string_view text) {
  CompilerText result;
  result.first_line = text.substr(0, text.find('\n'));
  const std::vector<std::string> words = split_words(result.first_line);
  constexpr std::string_view marker = "clang version ";
  if (const std::size_t at = result.first_line.find(marker); at != std::string::npos) {
    result.family = "clang";
    result.version = result.first_line.substr(at + marker.size());
  } else if (text.find("Free Software Foundation") != std::string_view::npos && !words.empty()) {
    result.family = "gcc";
    result.version = words.back();
  }
  std::size_t end = 0;
  while (end < result.version.size() && (std::isdigit(static_cast<unsigned char>(result.version[end])) || result.version[end] == '.')) ++end;
  result.version.resize(end);
  if (result.version.empty()) result.family.clear();
  return result;
}

std::vector<std::string> split_words(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

}  // namespace lockstep::build
