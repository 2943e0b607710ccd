#include "harness/pipeline/mpi_program.hpp"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <fstream>
#include <set>
#include <sstream>

#include "harness/judge/mpi_classes.hpp"
#include "harness/judge/waits.hpp"
#include "harness/model/fault.hpp"
#include "harness/pipeline/collect.hpp"

namespace lockstep::pipeline {
namespace {

namespace fs = std::filesystem;
using model::Verdict;

constexpr std::uintmax_t largest_source = 4u << 20;

bool has_extension(const fs::path& file, std::initializer_list<const char*> extensions) {
  const std::string extension = file.extension();
  return std::any_of(extensions.begin(), extensions.end(), [&](const char* one) { return extension == one; });
}

void copy_readable(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error)) return;
  fs::copy_file(from, to, error);
  if (error) throw model::UsageError("cannot read " + from.string() + ": " + error.message());
  fs::permissions(to, fs::perms(0644), error);
}

// The sources and the headers beside them, copied to where a box may read them.
build::Workspace make_workspace(const std::vector<fs::path>& files, const fs::path& folder) {
  fs::create_directories(folder);
  fs::permissions(folder, fs::perms(0755));
  build::Workspace workspace{folder, {}};
  std::set<fs::path> folders;
  for (const fs::path& file : files) {
    std::error_code error;
    if (!fs::exists(file, error)) throw model::UsageError("there is no file " + file.string());
    if (!fs::is_regular_file(file, error)) throw model::UsageError(file.string() + " is no file");
    if (!has_extension(file, {".c", ".cpp", ".cc", ".cxx", ".C"}))
      throw model::UsageError(file.string() + " is neither C (.c) nor C++ (.cpp, .cc, .cxx)");
    if (fs::file_size(file, error) > largest_source) throw model::UsageError(file.string() + " is too large for a source");
    const std::string name = file.filename();
    if (std::find(workspace.edit.begin(), workspace.edit.end(), name) != workspace.edit.end())
      throw model::UsageError("two files are called " + name);
    copy_readable(file, folder / name);
    workspace.edit.push_back(name);
    folders.insert(fs::absolute(file).parent_path());
  }
  for (const fs::path& from : folders) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(from, error)) {
      std::error_code ignored;
      if (has_extension(entry.path(), {".h", ".hpp", ".hh", ".hxx", ".inc"}) && entry.is_regular_file(ignored) && entry.file_size(ignored) <= largest_source)
        copy_readable(entry.path(), folder / entry.path().filename());
    }
  }
  return workspace;
}

bool names_wildcards(const build::Workspace& workspace) {
  for (const fs::directory_entry& entry : fs::directory_iterator(workspace.folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    if (text.str().find("MPI_ANY_SOURCE") != std::string::npos) return true;
  }
  return false;
}

run::Command plan_launch(const MpiProgram& program, const fs::path& executable, bool wildcards) {
  run::Command command;
  command.argv = {"/test/program"};
  command.argv.insert(command.argv.end(), program.arguments.begin(), program.arguments.end());
  command.env = {"PATH=/usr/bin:/bin", "HOME=/tmp", "TMPDIR=/tmp", "LANG=C.UTF-8", "LOCKSTEP_ENGINE=asan"};
  if (program.buffered) command.env.push_back("LOCKSTEP_BUFFERING=default");
  if (!program.choices.empty()) command.env.push_back("LOCKSTEP_CHOICES=" + program.choices);
  if (program.notes_choices) command.env.push_back("LOCKSTEP_EXPLORE=1");
  if (!wildcards) command.env.push_back("LOCKSTEP_WILDCARDS=undeclared");
  command.mounts = {{executable.string(), "/test/program", false}};
  command.limits.wall = program.time_limit;
  command.limits.cpu = program.time_limit * program.ranks;
  command.limits.tasks = 64 + 16 * program.ranks;
  command.limits.memory_bytes = 4ull << 30;
  command.may_ptrace = true;
  command.channel = true;
  command.ranks = program.ranks;
  return command;
}

const model::Frame* own_frame(const std::vector<model::Frame>& stack) {
  const auto own = std::find_if(stack.begin(), stack.end(), [](const model::Frame& frame) { return frame.students; });
  return own == stack.end() ? nullptr : &*own;
}

std::string call_in(const std::string& text) {
  const std::size_t at = text.find("MPI_");
  if (at == std::string::npos) return {};
  std::size_t end = at + 4;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_')) ++end;
  return text.substr(at, end - at);
}

// The call that the student's line makes: of the frames that are ours, the one named like a call of MPI.
std::string call_of(const std::vector<model::Frame>& stack, const std::string& text) {
  for (const model::Frame& frame : stack)
    if (frame.function.starts_with("MPI_")) return frame.function.substr(0, frame.function.find('('));
  return call_in(text);
}

MpiFinding finding_at(std::string kind, Verdict verdict, int rank, std::string says, const std::vector<model::Frame>& stack) {
  MpiFinding finding{std::move(kind), verdict, rank, call_of(stack, says), {}, 0, std::move(says), {}, {}};
  if (const model::Frame* frame = own_frame(stack)) finding.file = frame->file, finding.line = frame->line;
  return finding;
}

void add_deadlock(const model::TestRun& run, MpiOutcome& outcome) {
  const bool unsafe =
      std::any_of(run.reports.begin(), run.reports.end(), [](const model::SanitizerReport& report) { return report.tool == "mpi.unsafe_send"; });
  std::vector<std::string> all;
  for (const model::StuckTask& task : run.stuck) {
    const model::Frame* frame = own_frame(task.stack);
    all.push_back(judge::describe_wait(task) + (frame != nullptr ? " at " + frame->file + ":" + std::to_string(frame->line) : ""));
  }
  for (std::size_t i = 0; i < run.stuck.size(); ++i) {
    const model::StuckTask& task = run.stuck[i];
    if (task.waits_in.starts_with("nothing")) continue;  // it is through; the others wait for it
    MpiFinding finding = finding_at(unsafe ? "unsafe_send" : "deadlock", unsafe ? Verdict::mpi_misuse : Verdict::deadlock, task.rank, all[i], task.stack);
    finding.call = call_in(task.waits_in);
    for (std::size_t other = 0; other < all.size(); ++other)
      if (other != i) finding.with.push_back(all[other]);
    finding.why = "Each of these waits, and nobody is left who could end a wait. This was proven from what every rank does, not by a timeout.";
    outcome.findings.push_back(std::move(finding));
  }
  std::stable_sort(outcome.findings.begin(), outcome.findings.end(), [](const MpiFinding& a, const MpiFinding& b) { return a.rank < b.rank; });
  outcome.waits = judge::schedule_of(run.stuck, run.exchanges);
}

void add_findings(const model::TestRun& run, MpiOutcome& outcome) {
  for (const model::SanitizerReport& report : run.reports) {
    const bool of_mpi = report.tool.starts_with("mpi.");
    const std::string kind = of_mpi ? report.tool.substr(4) : report.tool == "leak" ? "leak_memory" : report.tool == "signal" ? "signal" : report.kind;
    const Verdict verdict = of_mpi ? kind == "exception" ? Verdict::crash : judge::mpi_class(report.tool).verdict : report.tool == "leak" ? Verdict::leak : Verdict::crash;
    MpiFinding finding = finding_at(kind, verdict, report.rank, report.kind, report.stack);
    if (of_mpi) finding.why = judge::mpi_class(report.tool).why;
    // A program that reads or writes a buffer of MPI's is found by AddressSanitizer, which calls it "use-after-poison".
    if (report.kind.find("use-after-poison") != std::string::npos) {
      finding.kind = "buffer_in_use";
      finding.verdict = Verdict::mpi_misuse;
      finding.says = "rank " + std::to_string(report.rank) + " uses the buffer of a nonblocking receive that is not complete yet";
      finding.why = judge::mpi_class("receive_buffer_touched").why;
    }
    outcome.findings.push_back(std::move(finding));
  }
  for (const model::Hygiene& hygiene : run.hygiene) {
    MpiFinding finding{"lost_" + hygiene.kind, Verdict::leak, -1, call_in(hygiene.detail), {}, 0, hygiene.detail, {}, {}};
    // "... (MPI_Send at ring.cpp:14) was never received ..."
    const std::size_t at = hygiene.detail.find(" at "), colon = hygiene.detail.find(':', at);
    if (at != std::string::npos && colon != std::string::npos) {
      finding.file = hygiene.detail.substr(at + 4, colon - at - 4);
      finding.line = std::atoi(hygiene.detail.c_str() + colon + 1);
    }
    finding.why = "Every message that is sent must be received.";
    outcome.findings.push_back(std::move(finding));
  }
  for (const model::Failure& failure : run.failures) outcome.findings.push_back({"exit_status", Verdict::unfinished, -1, {}, {}, 0, failure.message, {}, {}});
}

// "receive RANK NUMBER COMMUNICATOR any": value is the source, limit the tag. "complete RANK NUMBER INDEX...": value is one of the indices.
void read_answers(const model::TestRun& run, MpiOutcome& outcome) {
  for (const model::Measurement& measurement : run.measurements) {
    if (measurement.name == "infeasible") outcome.infeasible = true;
    std::istringstream words(measurement.name);
    std::string what, any;
    MpiAnswer answer;
    if (!(words >> what >> answer.rank >> answer.number) || (what != "receive" && what != "complete")) continue;
    answer.got = static_cast<int>(measurement.value);
    if (what == "receive") {
      answer.any_tag = static_cast<bool>(words >> answer.communicator >> any);
      answer.tag = static_cast<int>(measurement.limit);
    } else {
      for (int index; words >> index;) answer.possible.push_back(index);
    }
    outcome.answers.push_back(std::move(answer));
  }
}

void add_end(const model::TestRun& run, const MpiProgram& program, MpiOutcome& outcome) {
  const auto add = [&](const char* kind, Verdict verdict, const std::string& says) { outcome.findings.push_back({kind, verdict, -1, {}, {}, 0, says, {}, {}}); };
  switch (run.end.cut) {
    case model::Cut::none:
      break;
    case model::Cut::cpu_time:
    case model::Cut::wall_time:
    case model::Cut::starved:
      outcome.inconclusive = true;
      outcome.fault = "the program did not end within " + std::to_string(program.time_limit.count()) +
                      " s. That proves nothing: it may compute, or look for something again and again; --time-limit gives it longer";
      return;
    case model::Cut::memory:
      return add("too_much_memory", Verdict::crash, "the program was stopped because it took more than 4 GiB of memory");
    case model::Cut::tasks:
      return add("too_many_processes", Verdict::crash, "the program was stopped because it started too many threads and processes");
    case model::Cut::output:
      return add("too_much_output", Verdict::crash, "the program was stopped because it printed without an end");
    case model::Cut::proven_deadlock:
    case model::Cut::cancelled:
      outcome.fault = "the run was cancelled";
      return;
  }
  if (!outcome.findings.empty()) return;
  if (run.end.how == model::How::signalled)
    add("signal", Verdict::crash, "the program was ended by signal " + std::to_string(run.end.code));
  else if (!run.sealed || run.outcome != model::Outcome::passed)
    add("exit", Verdict::unfinished, "a rank ended before it had come to the end of the program, with exit status " + std::to_string(run.end.code));
}

std::vector<std::string> end_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  constexpr std::size_t most = 20;
  if (lines.size() > most) lines.erase(lines.begin(), lines.end() - most);
  return lines;
}

}  // namespace

BuiltMpiProgram build_mpi_program(const std::vector<fs::path>& files, const Services& services) {
  static std::atomic<int> counter = 0;
  BuiltMpiProgram result;
  result.workspace = make_workspace(files, services.work / ("program-" + std::to_string(++counter)));
  result.names_wildcards = names_wildcards(result.workspace);
  const build::Built built = services.builder.build_mpi_program(result.workspace);
  if (!built.refusal) {
    result.executable = built.executables.at("program");
    return result;
  }
  const model::Finding& why = built.refusal->finding;
  MpiFinding finding{"does_not_build", built.refusal->verdict, -1, {}, {}, 0, why.what, why.why, {}};
  if (!why.traces.empty()) finding.file = why.traces.front().frames.front().file, finding.line = why.traces.front().frames.front().line;
  result.refused = MpiOutcome{.verdict = built.refusal->verdict, .findings = {finding}};
  return result;
}

MpiOutcome run_mpi_program(const BuiltMpiProgram& built, const MpiProgram& program, const Services& services) {
  if (built.refused) return *built.refused;
  MpiOutcome outcome;
  const run::Ended ended = services.runner.run(plan_launch(program, built.executable, built.names_wildcards));
  const std::vector<model::TestRun> runs = collect_runs({"program"}, program.ranks, ended, built.executable, built.workspace, services.runner);
  const model::TestRun& run = runs.front();
  outcome.printed = end_of(run.end.out);
  outcome.choices = program.choices;
  read_answers(run, outcome);
  if (outcome.infeasible) {
    outcome.fault = "these choices cannot be made: what one of them waits for never comes, although the program could go on with another";
    return outcome;
  }
  // A rank that ends before the others have begun takes them with it.
  if (!run.fault.empty() && run.reports.empty()) {
    outcome.fault = run.fault;
    return outcome;
  }
  add_deadlock(run, outcome);
  add_findings(run, outcome);
  add_end(run, program, outcome);
  if (outcome.findings.empty()) {
    outcome.verdict = outcome.fault.empty() ? Verdict::passed : Verdict::infra_error;
    return outcome;
  }
  outcome.verdict = outcome.findings.front().verdict;
  for (const MpiFinding& finding : outcome.findings) outcome.verdict = model::more_severe(outcome.verdict, finding.verdict);
  // Of equals first the one that tells of all ranks.
  const auto rank_of = [](const MpiFinding& finding) {
    return std::pair(-model::row_of(finding.verdict).severity, finding.kind == "unsafe_send" && finding.says.find("waits in") != std::string::npos);
  };
  std::stable_sort(outcome.findings.begin(), outcome.findings.end(), [&](const MpiFinding& a, const MpiFinding& b) { return rank_of(a) < rank_of(b); });
  return outcome;
}

}  // namespace lockstep::pipeline
