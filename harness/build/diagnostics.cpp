#include "harness/build/diagnostics.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace lockstep::build {
namespace {

struct Line {
  std::string_view file;
  int line = 0;
  std::string_view rest;  // what follows the position
};

std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// "file:12:3: rest" or "file:12: rest". File names hold no colon: the catalog and the system see to that.
std::optional<Line> positioned(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || text.front() == ' ') return std::nullopt;
  Line line{text.substr(0, colon), 0, {}};
  text.remove_prefix(colon + 1);
  const std::optional<int> number = take_number(text);
  if (!number || !text.starts_with(':')) return std::nullopt;
  line.line = *number;
  text.remove_prefix(1);
  if (std::string_view column = text; take_number(column) && column.starts_with(':')) text = column.substr(1);
  while (text.starts_with(' ')) text.remove_prefix(1);
  line.rest = text;
  return line;
}

std::optional<std::string_view> error_text(std::string_view rest) {
  for (const std::string_view kind : {"error: ", "fatal error: ", "internal compiler error: "})
    if (rest.starts_with(kind)) return rest.substr(kind.size());
  return std::nullopt;
}

template <class Visit>
void each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    visit(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

// The student's name of `file`, or empty.
std::string students_name(std::string_view file, const std::string& workspace, const std::vector<std::string>& edit) {
  if (file.starts_with(workspace) && file.substr(workspace.size()).starts_with('/')) file.remove_prefix(workspace.size() + 1);
  while (file.starts_with("./")) file.remove_prefix(2);
  return std::find(edit.begin(), edit.end(), file) != edit.end() ? std::string(file) : std::string();
}

// What stands between the quotes that open at or behind `from`: gcc's 'x', GNU ld's `x'.
std::string quoted(std::string_view text, std::size_t from) {
  const std::size_t open = text.find_first_of("`'\"", from);
  if (open == std::string_view::npos) return {};
  const std::size_t close = text.find_last_of("'\"");
  return close > open ? std::string(text.substr(open + 1, close - open - 1)) : std::string();
}

void add_once(std::vector<std::string>& names, std::string name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

}  // namespace

Diagnosis first_error(std::string_view text, const std::string& workspace, const std::vector<std::string>& edit) {
  Diagnosis found, any;
  Line leads;           // gcc: the student's line that led to the error that follows
  std::string pending;  // clang: an error outside the student's files; a following note may lead to one
  each_line(text, [&](std::string_view line) {
    if (!found.message.empty()) return;
    const std::optional<Line> at = positioned(line);
    if (!at) {
      // "error: ..." without a position: the driver's, or clang's "fatal error: too many errors".
      if (const auto message = error_text(line); message && any.message.empty()) any.message = *message;
      return;
    }
    const std::string name = students_name(at->file, workspace, edit);
    if (const auto message = error_text(at->rest)) {
      if (any.message.empty()) any.message = *message;
      if (!name.empty()) found = {std::string(*message), name, at->line};
      else if (leads.line != 0) found = {std::string(*message), std::string(leads.file), leads.line};
      else pending = *message;
      leads = {};
    } else if (at->rest.find("required from") != std::string_view::npos || at->rest.find("required by") != std::string_view::npos ||
               at->rest.starts_with("in 'constexpr' expansion")) {
      if (!name.empty()) leads = *at;
    } else if (!pending.empty() && !name.empty() && at->rest.starts_with("note: ") &&
               (at->rest.find("requested here") != std::string_view::npos || at->rest.find("first required here") != std::string_view::npos)) {
      found = {pending, name, at->line};
    }
  });
  Diagnosis result = found.message.empty() ? any : found;
  result.file = students_name(result.file, workspace, edit);
  result.message = shorten(std::move(result.message), workspace);
  return result;
}

std::vector<std::string> undefined_names(std::string_view linker_text) {
  std::vector<std::string> names;
  each_line(linker_text, [&](std::string_view line) {
    constexpr std::string_view mold = "undefined symbol: ", gnu = "undefined reference to ";
    if (const std::size_t at = line.find(mold); at != std::string_view::npos) add_once(names, std::string(line.substr(at + mold.size())));
    else if (const std::size_t from = line.find(gnu); from != std::string_view::npos) add_once(names, quoted(line, from));
  });
  return names;
}

std::vector<std::string> duplicate_names(std::string_view linker_text) {
  std::vector<std::string> names;
  each_line(linker_text, [&](std::string_view line) {
    constexpr std::string_view mold = "duplicate symbol: ", gnu = "multiple definition of ";
    if (const std::size_t at = line.find(mold); at != std::string_view::npos) {
      const std::size_t last = line.rfind(": ");
      add_once(names, std::string(line.substr(last + 2)));
    } else if (const std::size_t from = line.find(gnu); from != std::string_view::npos) {
      std::string name = quoted(line.substr(0, line.find(';')), from);
      add_once(names, std::move(name));
    }
  });
  return names;
}

std::string shorten(std::string message, const std::string& workspace) {
  if (!workspace.empty()) replace_all(message, workspace + "/", "");
  for (const std::string_view type : {"std::__cxx11::basic_string<char>", "std::basic_string<char>"}) replace_all(message, type, "std::string");
  replace_all(message, "std::__cxx11::", "std::");
  replace_all(message, "std::_V2::", "std::");
  replace_all(message, " [-fpermissive]", "");
  for (std::size_t aka = message.find(" {aka "); aka != std::string::npos; aka = message.find(" {aka ")) {
    const std::size_t end = message.find('}', aka);
    if (end == std::string::npos) break;
    message.erase(aka, end - aka + 1);
  }
  constexpr std::size_t most = 300;
  if (message.size() > most) {
    std::size_t cut = most;
    while (cut > 0 && (static_cast<unsigned char>(message[cut]) & 0xC0) == 0x80) --cut;  // whole characters of UTF-8
    message.resize(cut);
    message += " ...";
  }
  return message;
}

}  // namespace lockstep::build
