// `lockstep explore` and `lockstep replay`: the engine lockstep, or ThreadSanitizer, on a program of one's own.
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <sstream>

#include "grader/cli/command.hpp"
#include "grader/cli/explored_files.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/manual.hpp"
#include "grader/report/schedule_text.hpp"
#include "grader/report/visible_text.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct Options {
  std::vector<std::string> files;
  std::string engine = "lockstep";
  std::string standard;
  std::string budget;  // empty: the engine's own
  int bound = 2;
  std::string strategy = "portfolio";
  std::string time = "idle";
  bool spurious = false;
  std::uint64_t seed = 1;
  bool outcomes = false;
  bool as_json = false;
};

// "500" schedules, or a time: "2s", "500ms".
struct Budget {
  double number = 0;
  bool seconds = false;
};

Budget parse_budget(const std::string& text) {
  std::size_t used = 0;
  double number = -1;
  try {
    number = std::stod(text, &used);
  } catch (const std::exception&) {
  }
  const std::string unit = text.substr(std::min(used, text.size()));
  if (!(number > 0) || number > 1e9 || (unit != "" && unit != "s" && unit != "ms") || (unit.empty() && number < 1))
    throw model::UsageError("--budget: `" + text + "` is neither a number of schedules (500) nor a time (2s, 500ms)");
  return {unit == "ms" ? number / 1000 : number, !unit.empty()};
}

std::vector<fs::path> readable_sources(const std::vector<std::string>& files) {
  std::vector<fs::path> sources;
  for (const std::string& name : files) {
    const fs::path path = fs::absolute(name);
    if (!fs::exists(path)) throw model::UsageError(name + ": no such file");
    if (!fs::is_regular_file(path)) throw model::UsageError(name + ": is no file");
    if (!std::ifstream(path)) throw model::UsageError(name + ": cannot be read");
    const std::string ending = path.extension();
    if (ending != ".c" && ending != ".cpp" && ending != ".cc" && ending != ".cxx") throw model::UsageError(name + ": is no C or C++ source (.c, .cpp, .cc, .cxx)");
    sources.push_back(path);
  }
  return sources;
}

class Sources {
 public:
  explicit Sources(const std::map<std::string, fs::path>& files) {
    for (const auto& [name, file] : files) {
      std::ifstream stream(file);
      std::vector<std::string>& lines = lines_[name];
      for (std::string line; std::getline(stream, line);) lines.push_back(line);
    }
  }
  std::string line(const std::string& file, int number) const {
    const auto found = lines_.find(file);
    if (found == lines_.end() || number < 1 || static_cast<std::size_t>(number) > found->second.size()) return {};
    return found->second[static_cast<std::size_t>(number) - 1];
  }

 private:
  std::map<std::string, std::vector<std::string>> lines_;
};

std::string verdict_word(const pipeline::ExploreAnswer& answer) { return answer.conclusive ? std::string(word_of(answer.verdict)) : "inconclusive"; }

std::string evidence_of(const model::Finding& finding, const Sources& sources, int width) {
  const report::SourceLine source = [&](const std::string& file, int line) { return sources.line(file, line); };
  std::string text = finding.what + "\n";
  if (!finding.why.empty()) text += finding.why + "\n";
  for (const model::Trace& trace : finding.traces) {
    if (trace.frames.empty()) continue;
    text += "\n  " + trace.title + "\n";
    for (const model::Frame& frame : trace.frames) {
      text += "    " + frame.file + ":" + std::to_string(frame.line) + (frame.function.empty() ? "" : "  in " + frame.function) + "\n";
      if (const std::string line = sources.line(frame.file, frame.line); !line.empty()) text += "        " + line + "\n";
    }
  }
  if (const std::string schedule = report::render_schedule(finding.schedule, source, width); !schedule.empty()) text += "\nThe schedule\n\n" + schedule;
  return text;
}

std::string evidence_of(const pipeline::ExploreAnswer& answer, int width) {
  const Sources sources(answer.built.files);
  std::string text;
  for (const model::Finding& finding : answer.findings) text += (text.empty() ? "" : "\n") + evidence_of(finding, sources, width);
  // All were found in one and the same run.
  if (const std::string& output = answer.findings.front().output; !output.empty()) text += "\nWhat the program printed\n\n" + output + "\n";
  return text;
}

std::string found_where(const pipeline::ExploreAnswer& answer, const std::string& token) {
  const model::Exploration& seen = *answer.run.exploration;
  if (answer.run.engine == model::Engine::tsan) return "found in run " + std::to_string(seen.schedules) + " under ThreadSanitizer\n";
  return "found in schedule " + std::to_string(seen.schedules) + " by " + seen.found_by + ", with " + std::to_string(seen.preemptions) +
         (seen.preemptions == 1 ? " preemption" : " preemptions") + "\n" + (token.empty() ? "" : "see it again:  lockstep replay " + token + "\n");
}

int present(const pipeline::ExploreAnswer& answer, const Options& options, const std::string& token) {
  const model::Exploration& seen = *answer.run.exploration;
  const bool passed = answer.verdict == model::Verdict::passed;
  if (options.as_json) {
    json::object result{{"verdict", verdict_word(answer)},
                        {"schedules", seen.schedules},
                        {"complete", seen.every_trace || seen.complete_bound >= options.bound},
                        {"bound", seen.every_trace || seen.complete_bound < 0 ? json::value(nullptr) : json::value(seen.complete_bound)},
                        {"token", token.empty() ? json::value(nullptr) : json::value(token)},
                        {"evidence", passed ? json::value(nullptr) : json::value(evidence_of(answer, 120))}};
    if (seen.every_trace) result["interleavings"] = seen.traces;
    if (options.outcomes) result["outcomes"] = seen.output;
    if (!passed) result["found_by"] = seen.found_by;
    std::printf("%s\n", json::serialize(result).c_str());
  } else {
    std::string text = verdict_word(answer) + ": ";
    if (!answer.conclusive && !seen.text.empty())
      text += "the program " + seen.text + ", which the engine does not control\n";
    else if (passed)
      text += answer.coverage + (options.outcomes ? "\n" + seen.output : ", passed\n");
    else
      text += evidence_of(answer, 110) + (answer.conclusive ? "\n" + found_where(answer, token) : "");
    std::printf("%s", report::visible_text(text).c_str());
  }
  return passed ? all_passed : answer.conclusive ? something_failed : own_fault;
}

// Compiler messages are the user's own; the exit code says whose mistake it is.
[[noreturn]] void refuse_build(const std::string& error) { throw model::UsageError("the program does not build:\n" + error); }

fs::path make_folder(Machine& machine) {
  const fs::path folder = machine.services().work / "explored";
  fs::create_directories(folder);
  fs::permissions(folder, fs::perms(0755));
  return folder;
}

pipeline::ExploreAnswer carry_out(const pipeline::ExploreRequest& request, Machine& machine) {
  pipeline::ExploreAnswer answer = pipeline::explore_program(request, machine.runner(), machine.builder(), make_folder(machine));
  if (!answer.built.error.empty()) refuse_build(answer.built.error);
  return answer;
}

std::string token_of(const pipeline::ExploreAnswer& answer, const std::string& plan) {
  if (answer.verdict == model::Verdict::passed || !answer.conclusive || !answer.run.exploration->replayed) return {};
  return pipeline::write_token({answer.built.hash, plan, answer.run.exploration->choices});
}

// Nobody chooses the schedules of real threads.
void refuse_schedule_options(const CLI::App& command) {
  std::string given;
  for (const char* option : {"--bound", "--strategy", "--time", "--spurious", "--outcomes"})
    if (command.count(option) > 0) given += (given.empty() ? "" : ", ") + std::string(option);
  if (!given.empty()) throw model::UsageError(given + ": there are no schedules to choose with --engine tsan; the engine lockstep has them");
}

int run_tsan(const pipeline::ExploreRequest& request, const Options& options, const GlobalOptions& global) {
  pipeline::Repetitions repetitions;
  repetitions.seed = options.seed;
  if (!options.budget.empty()) {
    const Budget budget = parse_budget(options.budget);
    repetitions.runs = budget.seconds ? std::numeric_limits<std::uint64_t>::max() : static_cast<std::uint64_t>(budget.number);
    if (budget.seconds) repetitions.seconds = budget.number;
  }
  Machine machine(global, open_course(global));
  const pipeline::ExploreAnswer answer = pipeline::repeat_program(request, repetitions, machine.runner(), machine.builder(), make_folder(machine));
  if (!answer.built.error.empty()) refuse_build(answer.built.error);
  return present(answer, options, "");
}

int run_explore(const Options& options, const GlobalOptions& global) {
  pipeline::ExploreRequest request;
  request.program = {readable_sources(options.files), options.standard};
  request.arguments = behind_dashes();
  if (options.engine == "tsan") return run_tsan(request, options, global);
  const Budget budget = parse_budget(options.budget.empty() ? "2000" : options.budget);
  const std::string limit = budget.seconds ? "seconds=" + std::to_string(budget.number) : "budget=" + std::to_string(static_cast<std::uint64_t>(budget.number));
  const std::string kind = std::string("time=") + options.time + ";spurious=" + (options.spurious ? "1" : "0");
  request.plan = limit + ";bound=" + std::to_string(options.bound) + ";strategy=" + options.strategy + ";" + kind + ";seed=" + std::to_string(options.seed) + (options.outcomes ? ";outcomes=1" : "");
  Machine machine(global, open_course(global));
  const pipeline::ExploreAnswer answer = carry_out(request, machine);
  const std::string token = token_of(answer, kind);
  if (!token.empty()) remember_program(answer.built.hash, request);
  return present(answer, options, token);
}

int run_gdb(const pipeline::ExploreRequest& request, const fs::path& executable) {
  const std::string plan = "LOCKSTEP_PLAN=" + request.plan + ";stop=1", replay = "LOCKSTEP_REPLAY=" + request.replay;
  std::vector<std::string> words{"gdb", "-q", "-ex", "set follow-fork-mode child", "-ex", "set env " + plan, "-ex", "set env " + replay, "-ex", "run", "--args", executable.string()};
  words.insert(words.end(), request.arguments.begin(), request.arguments.end());
  std::string command;
  for (const std::string& word : words) {
    command += command.empty() ? "" : " ";
    command += "'";
    for (const char c : word) command += c == '\'' ? std::string("'\\''") : std::string(1, c);
    command += "'";
  }
  if (std::system("command -v gdb >/dev/null") != 0) throw model::UsageError("--gdb needs the program gdb, which is missing: install the package gdb");
  return std::system(command.c_str()) == 0 ? all_passed : something_failed;
}

int run_replay(const std::string& text, bool gdb, bool as_json, const GlobalOptions& global) {
  const pipeline::Token token = pipeline::parse_token(text);
  std::optional<pipeline::ExploreRequest> request = recall_program(token.hash);
  if (!request) throw model::UsageError("nothing is known of the program that this token is about: tokens are kept on the machine that made them, in " + cache_folder().string());
  std::vector<std::string> files;
  for (const fs::path& source : request->program.sources) files.push_back(source.string());
  readable_sources(files);
  request->plan = token.plan;
  request->replay = token.choices.empty() ? "0:0" : token.choices;
  Machine machine(global, open_course(global));
  const pipeline::ExploreAnswer answer = carry_out(*request, machine);
  if (answer.built.hash != token.hash)
    throw model::UsageError("the token is stale: " + request->program.sources.front().filename().string() +
                            " or the compiler has changed since, so the same choices mean another schedule; run `lockstep explore` again");
  if (gdb) return run_gdb(*request, answer.built.executable);
  Options options;
  options.as_json = as_json;
  return present(answer, options, text);
}

}  // namespace

std::function<int()> add_explore(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("explore", "Runs a program of your own under every schedule up to a bound");
  set_manual(*command, {"Compiles C or C++ files with ThreadSanitizer's instrumentation, links them with a scheduler in place of its runtime, and\n"
                        "runs main again and again, each time in another order of the threads' steps: first every schedule with few preemptions,\n"
                        "then every interleaving that differs, then random ones. Time is virtual: sleeping costs nothing. What fails is made as\n"
                        "simple as possible, run again to be sure, and told step by step.\n\n"
                        "A program is right if main returns 0 (no assertion fails, nothing crashes) under every schedule.\n\n"
                        "With --engine tsan the same object is linked with ThreadSanitizer's runtime and runs on real threads, again and again with\n"
                        "other delays, as submissions do. That sees only the orders that happen, but the program may do what no scheduler controls:\n"
                        "fork, take signals, wait in any system call. There are no schedules to choose, so --bound, --strategy, --time, --spurious and\n"
                        "--outcomes are refused.",
                        "0    passed\n"
                        "1    a schedule or a run failed\n"
                        "2    bad usage, or the program does not build\n"
                        "3    our own fault, or inconclusive: the program does what the engine does not control, or did not come to its end in time",
                        "", environment_of_runs,
                        "lockstep explore bank.cpp\n"
                        "lockstep explore queue.c main.c --budget 10s --spurious --time adversarial -- 4\n"
                        "lockstep explore bank.cpp --engine tsan --budget 50"});
  auto options = std::make_shared<Options>();
  command->add_option("files", options->files, "C or C++ sources (.c, .cpp, .cc, .cxx)")->required()->type_name("FILE");
  command->add_option("--engine", options->engine, "lockstep: every schedule up to a bound. tsan: ThreadSanitizer, on real threads")
      ->capture_default_str()
      ->check(CLI::IsMember({"lockstep", "tsan"}).description(""))
      ->type_name("E");
  command->add_option("--std", options->standard, "Language standard (default: gnu11 and c++20)")->type_name("STD");
  command->add_option("--budget", options->budget, "Schedules, or runs, or a time such as 2s or 500ms (default: 2000, with --engine tsan 20)")->type_name("N|TIME");
  command->add_option("--bound", options->bound, "Preemptions up to which every schedule is run")->capture_default_str()->check(CLI::Range(0, 10).description(""))->type_name("K");
  command->add_option("--strategy", options->strategy, "portfolio, bounded, sleep_sets, pct, pos or random")
      ->capture_default_str()
      ->check(CLI::IsMember({"portfolio", "bounded", "sleep_sets", "pct", "pos", "random"}).description(""))
      ->type_name("S");
  command->add_option("--time", options->time, "idle: the clock moves when nobody can run; adversarial: whoever sleeps or waits with a limit may wake at any point")
      ->capture_default_str()
      ->check(CLI::IsMember({"idle", "adversarial"}).description(""))
      ->type_name("POLICY");
  command->add_flag("--spurious", options->spurious, "Waits on conditions may also end for nothing");
  command->add_option("--seed", options->seed, "Of what is chosen at random")->capture_default_str()->type_name("N");
  command->add_flag("--outcomes", options->outcomes, "Does not stop at a failure, and counts what the program prints");
  command->add_flag("--json", options->as_json, "One line of JSON");
  return [&global, options, command] {
    if (options->engine == "tsan") refuse_schedule_options(*command);
    return run_explore(*options, global);
  };
}

std::function<int()> add_replay(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("replay", "Runs the schedule of a token again");
  set_manual(*command, {"Runs the one schedule that `lockstep explore` found, and tells it again.",
                        "0    it passes (now)\n"
                        "1    it fails\n"
                        "2    the token is none, is stale, or is of another machine",
                        "", environment_of_runs, "lockstep replay L1.0123456789ab.in.4-1_9-2\nlockstep replay L1.0123456789ab.in.4-1_9-2 --gdb"});
  auto token = std::make_shared<std::string>();
  auto gdb = std::make_shared<bool>(false), as_json = std::make_shared<bool>(false);
  command->add_option("token", *token, "As explore printed it")->required()->type_name("TOKEN");
  command->add_flag("--gdb", *gdb, "Stops a debugger at the fatal step");
  command->add_flag("--json", *as_json, "One line of JSON");
  return [&global, token, gdb, as_json] { return run_replay(*token, *gdb, *as_json, global); };
}

}  // namespace lockstep::cli
