#include <array>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "grader/cli/command.hpp"
#include "grader/cli/interrupt.hpp"
#include "harness/model/fault.hpp"

namespace {

using namespace lockstep::cli;

constexpr std::array<AddCommand, 9> commands{add_list,    add_check,  add_hint,         add_grade,     add_report,
                                             add_regrade, add_doctor, add_check_course, add_completion};

constexpr const char* description =
    "Lockstep: exercises in parallel programming, and the machine that grades them.\n\n"
    "A student edits one file per exercise and runs `lockstep check`. An instructor, or CI, runs `lockstep grade`.";

constexpr const char* footer =
    "Exit codes: 0 full marks, 1 something failed, 2 usage or manifest error, 3 the grader's own fault, 130 interrupted.\n"
    "Environment: NO_COLOR switches colours off; LOCKSTEP_CACHE is the folder for compiled parts of the course\n"
    "(default: $XDG_CACHE_HOME/lockstep or ~/.cache/lockstep).\n\n"
    "Examples:\n"
    "  lockstep list\n"
    "  lockstep check 02_threads/barrier\n"
    "  lockstep grade 02_threads/barrier --submission ~/class/ann --format html --out reports\n"
    "  lockstep grade --all --submission ~/class/ann --out reports/ann\n"
    "  lockstep report reports/ann/02_threads/barrier/record.json --format markdown";

int complain(const char* what, int code) {
  std::fprintf(stderr, "lockstep: %s\n", what);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  block_interrupts();  // before any thread exists, so that one thread alone takes them
  CLI::App app{description, "lockstep"};
  app.footer(footer);
  app.require_subcommand(1);
  app.set_version_flag("--version", "lockstep " LOCKSTEP_VERSION);
  app.get_formatter()->column_width(34);
  GlobalOptions global;
  app.add_option("--course", global.course, "Folder that holds exercises/ (default: found by walking up from here)")->type_name("DIR");
  app.add_option("--compiler", global.compiler, "auto, gcc, clang, or the path of a C++ compiler")->capture_default_str()->type_name("NAME");
  app.add_option("--jobs", global.jobs, "Processes that run at a time (default: one per processor)")->check(CLI::Range(1, 1024))->type_name("N");

  std::vector<std::pair<CLI::App*, std::function<int()>>> runs;
  for (const AddCommand add : commands) {
    const std::function<int()> run = add(app, global);
    runs.emplace_back(app.get_subcommands([](const CLI::App*) { return true; }).back(), run);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? all_passed : usage_error;
  }
  try {
    for (const auto& [command, run] : runs)
      if (command->parsed()) return run();
  } catch (const lockstep::model::UsageError& error) {
    return complain(error.what(), usage_error);
  } catch (const lockstep::model::Fault& fault) {
    return was_interrupted() ? interrupted : complain(fault.what(), own_fault);
  } catch (const std::exception& error) {
    return complain(error.what(), own_fault);
  }
  return own_fault;
}
