#include "grader/cli/progress_line.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace lockstep::cli {

bool is_terminal(int descriptor) { return isatty(descriptor) == 1 && std::string_view(std::getenv("TERM") ? std::getenv("TERM") : "") != "dumb"; }

bool wants_colour(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  return is_terminal(descriptor) && (no_color == nullptr || *no_color == '\0');
}

int terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 40) return 100;
  return size.ws_col;
}

ProgressLine::ProgressLine(std::string title) : title_(std::move(title)), shown_(is_terminal(STDERR_FILENO)) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

pipeline::Progress ProgressLine::progress() {
  return {[this](int pieces) { expect(pieces); }, [this](const std::string& what) { done(what); }};
}

void ProgressLine::title(std::string title) {
  const std::lock_guard lock(mutex_);
  title_ = std::move(title);
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
  std::string line = fmt::format("{}  {} left  {}", title_, std::max(0, expected_ - done_), what);
  line.resize(std::min<std::size_t>(line.size(), static_cast<std::size_t>(terminal_width() - 1)));
  fmt::print(stderr, "\r\033[K{}", line);
  std::fflush(stderr);
}

}  // namespace lockstep::cli
