#include "harness/pipeline/collect.hpp"

#include <algorithm>

#include "harness/observe/channel_facts.hpp"
#include "harness/observe/symbols.hpp"

namespace lockstep::pipeline {
namespace {

// Stacks of a proven deadlock come from the watcher of the box and belong to the test that hung.
void add_stuck(std::vector<model::TestRun>& runs, const run::Ended& ended) {
  if (ended.stuck.empty() || runs.empty()) return;
  const auto hung = std::find_if(runs.begin(), runs.end(), [](const model::TestRun& run) { return run.outcome == model::Outcome::silent; });
  model::TestRun& run = hung == runs.end() ? runs.back() : *hung;
  run.stuck.insert(run.stuck.end(), ended.stuck.begin(), ended.stuck.end());
}

void symbolise(std::vector<model::TestRun>& runs, const std::filesystem::path& executable, const build::Workspace& workspace,
               run::ProcessRunner& runner) {
  const std::vector<std::string> addresses = observe::addresses_to_symbolise(runs);
  const observe::Symbols symbols = addresses.empty() ? observe::Symbols{} : build::symbolise(executable, addresses, workspace.edit, runner);
  observe::apply_symbols(runs, symbols, workspace.edit);
}

std::string fault_of(const observe::Observed& observed, const run::Ended& ended) {
  if (!observed.fault.empty()) return observed.fault;
  if (!observed.began && ended.end.how != model::How::cut)
    return "the test program did not start" + (ended.end.err.empty() ? std::string{} : ": " + ended.end.err.substr(0, 300));
  return {};
}

}  // namespace

std::vector<model::TestRun> collect_runs(const std::vector<std::string>& tests, int ranks, const run::Ended& ended,
                                         const std::filesystem::path& executable, const build::Workspace& workspace,
                                         run::ProcessRunner& runner) {
  observe::Observed observed = observe::parse_channel(ended.channel, ended.token, ranks);
  std::vector<model::TestRun> runs;
  for (model::TestRun& seen : observed.tests)
    if (std::find(tests.begin(), tests.end(), seen.test) != tests.end()) runs.push_back(std::move(seen));
  for (const std::string& test : tests) {
    if (std::any_of(runs.begin(), runs.end(), [&](const model::TestRun& run) { return run.test == test; })) continue;
    model::TestRun silent;
    silent.test = test;
    runs.push_back(std::move(silent));
  }
  add_stuck(runs, ended);
  symbolise(runs, executable, workspace, runner);
  const std::string fault = fault_of(observed, ended);
  for (model::TestRun& run : runs) {
    run.end = ended.end;
    if (run.fault.empty()) run.fault = fault;
  }
  return runs;
}

}  // namespace lockstep::pipeline
