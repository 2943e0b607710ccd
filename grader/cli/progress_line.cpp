#include "grader/cli/progress_line.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "grader/report/visible_text.hpp"

namespace lockstep::cli {

bool is_terminal(int descriptor) {
  return isatty(descriptor) == 1 && std::string_view(std::getenv("TERM") ? std::getenv("TERM") : "") != "dumb";
}

bool wants_colour(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  return is_terminal(descriptor) && (no_color == nullptr || *no_color == '\0');
}

int terminal_width() {
  constexpr int narrowest = 40, widest = 500;
  if (const char* columns = std::getenv("COLUMNS"); columns != nullptr && std::atoi(columns) > 0)
    return std::clamp(std::atoi(columns), narrowest, widest);
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return std::clamp<int>(size.ws_col, narrowest, widest);
}

ProgressLine::ProgressLine(std::string title) : title_(report::visible_line(title)), shown_(is_terminal(STDERR_FILENO)) {
  if (!shown_) fmt::print(stderr, "{}\n", title_);
}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

pipeline::Progress ProgressLine::progress() {
  return {[this](int pieces) { expect(pieces); }, [this](const std::string& what) { done(what); }};
}

void ProgressLine::news(const std::string& what) {
  const std::lock_guard lock(mutex_);
  fmt::print(stderr, "{}{}\n", shown_ ? "\r\033[K" : "", report::visible_line(what));
  draw("");
}

void ProgressLine::expect(int pieces) {
  const std::lock_guard lock(mutex_);
  expected_ += pieces;
  draw("");
}

void ProgressLine::done(const std::string& what) {
  const std::lock_guard lock(mutex_);
  ++done_;
  draw(what);
}

void ProgressLine::draw(const std::string& what) {
  if (!shown_) return;
  const std::string line = fmt::format("{}  {} left  {}", title_, std::max(0, expected_ - done_), report::visible_line(what));
  fmt::print(stderr, "\r\033[K{}", report::clip(line, terminal_width() - 1));
  std::fflush(stderr);
}

}  // namespace lockstep::cli
