#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "grader/cli/command.hpp"
#include "grader/cli/interrupt.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/manual.hpp"
#include "grader/cli/progress_line.hpp"
#include "grader/report/schedule_text.hpp"
#include "grader/report/visible_text.hpp"
#include "harness/model/fault.hpp"
#include "harness/pipeline/mpi_program.hpp"

namespace lockstep::cli {
namespace {

using pipeline::MpiFinding;
using pipeline::MpiOutcome;

std::string place_of(const MpiFinding& finding) {
  return finding.file.empty() ? std::string() : finding.file + (finding.line > 0 ? ":" + std::to_string(finding.line) : "");
}

void print_filled(const std::string& text, const std::string& indent) {
  for (const std::string& line : report::wrap(text, std::min(terminal_width(), 110) - static_cast<int>(indent.size()))) fmt::print("{}{}\n", indent, line);
}

void print_text(const MpiOutcome& outcome, int ranks, int explored, bool buffered) {
  if (outcome.verdict == model::Verdict::passed) {
    fmt::print("passed: {} {}, {}nothing found{}\n", ranks, ranks == 1 ? "rank" : "ranks", explored > 1 ? fmt::format("{} runs, ", explored) : "",
               buffered ? "; sends were buffered as this library does, so a program that needs that may hang elsewhere" : "");
  } else if (outcome.inconclusive) {
    fmt::print("inconclusive\n");
    print_filled(outcome.fault, "  ");
  } else {
    fmt::print("{}: {}\n", model::row_of(outcome.verdict).title, model::row_of(outcome.verdict).meaning);
    if (!outcome.fault.empty()) print_filled(outcome.fault, "  ");
  }
  std::string said_before;
  for (const MpiFinding& finding : outcome.findings) {
    fmt::print("\n  {}{}\n", finding.kind, place_of(finding).empty() ? "" : "  " + place_of(finding));
    print_filled(finding.says, "    ");
    if (!finding.why.empty() && finding.why != said_before) print_filled(finding.why, "    ");
    said_before = finding.why;
  }
  if (!outcome.waits.lanes.empty()) fmt::print("\n  the end, rank by rank\n");
  for (const std::string& line : report::visible_lines(report::render_schedule(outcome.waits, {}, std::min(terminal_width(), 110) - 4))) fmt::print("    {}\n", line);
  if (!outcome.choices.empty())
    fmt::print("\n  It depends on what comes first of what may come in any order. The same again: --replay '{}'\n", outcome.choices);
  if (!outcome.printed.empty()) fmt::print("\n  printed:\n");
  for (const std::string& line : outcome.printed)
    for (const std::string& visible : report::visible_lines(line)) fmt::print("    {}\n", visible);
}

boost::json::object as_json(const MpiOutcome& outcome, int ranks, int explored) {
  boost::json::array findings;
  for (const MpiFinding& finding : outcome.findings) {
    boost::json::object one{{"class", finding.kind}, {"verdict", model::word_of(finding.verdict)}};
    one["rank"] = finding.rank >= 0 ? boost::json::value(finding.rank) : boost::json::value(nullptr);
    one["call"] = finding.call;
    one["file"] = finding.file;
    one["line"] = finding.line;
    one["says"] = finding.says;
    boost::json::array with;
    for (const std::string& other : finding.with) with.emplace_back(other);
    one["with"] = with;
    findings.push_back(one);
  }
  return {{"verdict", outcome.inconclusive ? "inconclusive" : model::word_of(outcome.verdict)},
          {"class", outcome.findings.empty() ? "" : outcome.findings.front().kind},
          {"findings", findings},
          {"ranks", ranks},
          {"explored", explored},
          {"choices", outcome.choices},
          {"says", outcome.fault}};
}

}  // namespace

std::function<int()> add_mpi(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("mpi", "A whole MPI program of your own, run and checked");
  set_manual(*command, {"Compiles the files with the layer that watches MPI and with AddressSanitizer, runs them on RANKS ranks, and says what is wrong:\n"
                        "deadlocks (proven, with each rank's call and line), calls that do not fit, buffers that are used too early, what is left\n"
                        "behind. Every send waits for its receive, unless --buffering default is given: a program that needs the library's buffers\n"
                        "to go on is not safe. What stands behind -- goes to the program.",
                        "0    nothing was found\n"
                        "1    something was found, or the program does not compile\n"
                        "3    inconclusive (the time limit), or the grader's own fault",
                        "", environment_of_runs,
                        "lockstep mpi -n 4 ring.cpp\n"
                        "lockstep mpi -n 2 --json exchange.c -- 1000"});
  struct Options {
    pipeline::MpiProgram program;
    std::vector<std::string> files;
    std::string buffering = "none";
    int seconds = 60;
    int runs = 1;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  command->add_option("-n,--ranks", options->program.ranks, "How many ranks, 1 to 64")->required()->check(CLI::Range(1, 64).description(""))->type_name("RANKS");
  command->add_option("files", options->files, "Sources, C or C++; headers beside them are found; behind --, what the program gets")->required()->type_name("FILE");
  command->add_option("--buffering", options->buffering, "none: every send waits for its receive. default: short ones do not")
      ->check(CLI::IsMember({"none", "default"}).description(""))
      ->type_name("HOW")
      ->capture_default_str();
  command->add_option("--explore", options->runs, "Up to N runs, in which receives and probes from anybody get other messages, and MPI_Waitany and its kin other requests")
      ->check(CLI::Range(1, 10000).description(""))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--replay", options->program.choices, "One run with the choices that a finding of --explore names")->type_name("CHOICES");
  command->add_option("--time-limit", options->seconds, "Seconds until the run is given up as inconclusive")
      ->check(CLI::Range(1, 3600).description(""))
      ->type_name("S")
      ->capture_default_str();
  command->add_flag("--json", options->json, "For machines: one object on standard output");
  return [&global, options] {
    const catalog::Course course = open_course(global);
    Machine machine(global, course);
    pipeline::MpiProgram program = options->program;
    program.arguments = behind_dashes();
    program.buffered = options->buffering == "default";
    program.time_limit = std::chrono::seconds(options->seconds);
    MpiOutcome outcome;
    int explored = 1;
    {
      ProgressLine line("checking " + options->files.front());
      const pipeline::Services services = machine.services();
      const pipeline::BuiltMpiProgram built = pipeline::build_mpi_program({options->files.begin(), options->files.end()}, services);
      outcome = options->runs > 1 ? pipeline::explore_mpi_program(built, program, options->runs, services, explored)
                                  : pipeline::run_mpi_program(built, program, services);
    }
    if (was_interrupted()) return interrupted;
    if (options->json)
      fmt::print("{}\n", boost::json::serialize(as_json(outcome, program.ranks, explored)));
    else
      print_text(outcome, program.ranks, explored, program.buffered);
    if (outcome.verdict == model::Verdict::passed) return all_passed;
    return outcome.findings.empty() ? own_fault : something_failed;
  };
}

}  // namespace lockstep::cli
