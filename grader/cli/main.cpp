#include <malloc.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "grader/cli/command.hpp"
#include "grader/cli/interrupt.hpp"
#include "grader/report/visible_text.hpp"
#include "harness/model/fault.hpp"

namespace {

using namespace lockstep::cli;

constexpr std::array<AddCommand, 12> commands{add_list,   add_check,        add_hint,    add_grade,  add_report, add_regrade,
                                              add_doctor, add_check_course, add_explore, add_replay, add_mpi,    add_completion};

constexpr const char* description =
    "Lockstep: exercises in parallel programming, and the machine that grades them.\n\n"
    "A student edits one file per exercise and runs `lockstep check`. An instructor, or CI, runs `lockstep grade`.";

constexpr const char* footer =
    "`lockstep COMMAND --help` is the manual of a command, with its exit codes, files and examples.\n\n"
    "Exit codes: 0 full marks, 1 something failed, 2 usage or manifest error, 3 the grader's own fault, 130 interrupted.\n\n"
    "A student's day:\n"
    "  lockstep list\n"
    "  lockstep check 02_threads/barrier\n"
    "  lockstep hint barrier\n\n"
    "An instructor's:\n"
    "  lockstep doctor\n"
    "  lockstep grade --all --submission ~/class/* --format html --out reports\n\n"
    "Completion of names and options, for bash and zsh:\n"
    "  eval \"$(lockstep completion bash)\"";

// A program that is run (lockstep explore, lockstep mpi) has options of its own.
int take_behind_dashes(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const auto runs_programs = [](const char* word) { return std::string_view(word) == "mpi" || std::string_view(word) == "explore"; };
    if (std::string_view(argv[i]) != "--" || std::find_if(argv, argv + i, runs_programs) == argv + i) continue;
    lockstep::cli::behind_dashes().assign(argv + i + 1, argv + argc);
    return i;
  }
  return argc;
}

int complain(const char* what, int code) {
  std::string text = what;  // several lines where there are several problems
  while (text.ends_with('\n')) text.pop_back();
  std::string shown;
  for (const std::string& line : lockstep::report::visible_lines(text)) shown += (shown.empty() ? "lockstep: " : "\n") + line;
  std::fprintf(stderr, "%s\n", shown.c_str());
  return code;
}

// A reader that has seen enough (| head) ends us quietly, after the work folder is gone. A handler, because an ignored signal would stay ignored
// in the programs that we start.
void survive_closed_pipes() {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  sigaction(SIGPIPE, &action, nullptr);
}

// Each stage of a build reads objects and texts of megabytes, on a thread of its own: what is free again goes back to the system at once, and does not
// stay in an arena per thread.
void give_memory_back() {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 64 << 10);
}

// What was printed must have arrived.
int flushed(int code) {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  if (errno == EPIPE || errno == 0) return code;
  return complain((std::string("cannot write to standard output: ") + std::strerror(errno)).c_str(), usage_error);
}

}  // namespace

std::vector<std::string>& lockstep::cli::behind_dashes() {
  static std::vector<std::string> words;
  return words;
}

int main(int argc, char** argv) {
  give_memory_back();
  survive_closed_pipes();
  block_interrupts();  // before any thread exists, so that one thread alone takes them
  CLI::App app{description, "lockstep"};
  app.footer(footer);
  app.require_subcommand(1);
  app.set_version_flag("--version", "lockstep " LOCKSTEP_VERSION);
  app.get_formatter()->column_width(34);
  GlobalOptions global;
  app.add_option("--course", global.course, "Folder that holds exercises/ (default: this one, or one above it)")->type_name("DIR");
  app.add_option("--compiler", global.compiler, "auto, gcc, clang, or the path of a C++ compiler")->capture_default_str()->type_name("NAME");
  app.add_option("--jobs", global.jobs, "Processes that run at a time (default: two per processor, since tests wait half of their time)")
      ->check(CLI::Range(1, 1024).description(""))
      ->type_name("N");

  std::vector<std::pair<CLI::App*, std::function<int()>>> runs;
  for (const AddCommand add : commands) {
    const std::function<int()> run = add(app, global);
    runs.emplace_back(app.get_subcommands([](const CLI::App*) { return true; }).back(), run);
  }
  try {
    app.parse(take_behind_dashes(argc, argv), argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? all_passed : usage_error;
  }
  try {
    for (const auto& [command, run] : runs)
      if (command->parsed()) return flushed(run());
  } catch (const lockstep::model::UsageError& error) {
    return complain(error.what(), usage_error);
  } catch (const lockstep::model::Fault& fault) {
    return was_interrupted() ? interrupted : complain(fault.what(), own_fault);
  } catch (const std::system_error& error) {
    return error.code().value() == EPIPE ? closed_pipe : complain(error.what(), own_fault);
  } catch (const std::exception& error) {
    return complain(error.what(), own_fault);
  }
  return own_fault;
}
