// What runs and how many pieces are left, on standard error: one line that is rewritten on a terminal; plain lines, one per piece of news, when
// piped.
#pragma once

#include <mutex>
#include <string>

#include "harness/pipeline/pipeline.hpp"

namespace lockstep::cli {

class ProgressLine {
 public:
  explicit ProgressLine(std::string title);
  ~ProgressLine();  // wipes the line on a terminal
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  pipeline::Progress progress();
  void news(const std::string& what);  // a line that stays
  void expect(int pieces);
  void done(const std::string& what);

 private:
  void draw(const std::string& what);

  std::mutex mutex_;
  std::string title_;
  const bool shown_;
  int expected_ = 0;
  int done_ = 0;
};

bool is_terminal(int descriptor);
bool wants_colour(int descriptor);  // a terminal, and NO_COLOR (no-color.org) is not set
int terminal_width();               // columns: COLUMNS, else the terminal's; 100 when piped

}  // namespace lockstep::cli
