#include "harness/observe/places.hpp"

#include <cxxabi.h>

#include <cstdlib>

namespace lockstep::observe {
namespace {

constexpr char mark = '\x01', between = '\x02';

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t at; (at = text.find(between)) != std::string_view::npos; text.remove_prefix(at + 1)) parts.emplace_back(text.substr(0, at));
  parts.emplace_back(text);
  return parts;
}

}  // namespace

std::string place_to_find(const std::vector<std::string>& stack) {
  std::string place(1, mark);
  for (const std::string& address : stack) {
    if (place.size() > 1) place += between;
    place += address;
  }
  return place + mark;
}

std::string with_places(std::string_view text, const std::function<std::string(const std::vector<std::string>&)>& name) {
  std::string result;
  for (;;) {
    const std::size_t start = text.find(mark);
    const std::size_t end = start == std::string_view::npos ? start : text.find(mark, start + 1);
    if (end == std::string_view::npos) return result.append(text);
    result.append(text.substr(0, start));
    result += name(split(text.substr(start + 1, end - start - 1)));
    text.remove_prefix(end + 1);
  }
}

std::vector<std::vector<std::string>> stacks_in(std::string_view text) {
  std::vector<std::vector<std::string>> stacks;
  with_places(text, [&](const std::vector<std::string>& stack) {
    stacks.push_back(stack);
    return std::string();
  });
  return stacks;
}

std::string demangled(const std::string& symbol) {
  int status = 0;
  char* name = abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status);
  std::string result = status == 0 && name != nullptr ? name : symbol;
  std::free(name);
  return result;
}

}  // namespace lockstep::observe
