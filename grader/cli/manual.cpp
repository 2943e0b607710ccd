#include "grader/cli/manual.hpp"

#include <memory>
#include <sstream>

namespace lockstep::cli {
namespace {

std::string section(const std::string& title, const std::string& lines) {
  if (lines.empty()) return {};
  std::string text = "\n" + title + ":\n";
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) text += line.empty() ? "\n" : "  " + line + "\n";
  return text;
}

// The summary alone stands in the list of commands; the command's own page begins with the purpose below it.
class PageFormatter : public CLI::Formatter {
 public:
  explicit PageFormatter(std::string purpose) : purpose_(std::move(purpose)) { column_width(28); }

  std::string make_description(const CLI::App* app) const override {
    return "lockstep " + app->get_name() + ": " + app->get_description() + "\n\n" + purpose_ + "\n\n";
  }

  std::string make_footer(const CLI::App* app) const override { return app->get_footer().substr(1) + "\n"; }

 private:
  std::string purpose_;
};

}  // namespace

const char* const environment_of_runs =
    "NO_COLOR        set: no colours\n"
    "COLUMNS         width of terminal reports, instead of the terminal's own\n"
    "LOCKSTEP_CACHE  folder for compiled parts of the course; default: $XDG_CACHE_HOME/lockstep or ~/.cache/lockstep\n"
    "TMPDIR          where submissions are compiled; emptied at the end";

void set_manual(CLI::App& command, const Manual& manual) {
  command.formatter(std::make_shared<PageFormatter>(manual.purpose));
  command.footer(section("Exit codes", manual.exit_codes + (manual.exit_codes.empty() ? "" : "\n") +
                                           "2    the command line, a manifest or a named file is not right; the message says what to mend\n"
                                           "3    the grader itself failed\n"
                                           "130  interrupted") +
                 section("Files", manual.files) + section("Environment", manual.environment) + section("Examples", manual.examples) +
                 "\nOptions of every command (--course, --compiler, --jobs): lockstep --help");
  command.fallthrough();  // they may stand behind the command too
}

}  // namespace lockstep::cli
