#include "harness/pipeline/explore.hpp"

#include <algorithm>

#include "harness/judge/schedule.hpp"
#include "harness/model/fault.hpp"
#include "harness/pipeline/collect.hpp"

namespace lockstep::pipeline {
namespace {

run::Command command_of(const ExploreRequest& request, const std::filesystem::path& executable) {
  using namespace std::chrono_literals;
  run::Command command;
  command.argv = {"/test/program"};
  command.argv.insert(command.argv.end(), request.arguments.begin(), request.arguments.end());
  command.env = {"PATH=/usr/bin:/bin", "HOME=/tmp", "TMPDIR=/tmp", "LANG=C.UTF-8", "LOCKSTEP_ENGINE=lockstep", "LOCKSTEP_PLAN=" + request.plan};
  if (!request.replay.empty()) command.env.push_back("LOCKSTEP_REPLAY=" + request.replay);
  command.mounts = {{executable.string(), "/test/program", false}};
  command.limits.wall = 600s;
  command.limits.cpu = 600s;
  command.fixed_addresses = true;
  command.channel = true;
  return command;
}

// Choices are text with characters that shells take as they are.
std::string exchanged(std::string text, char a, char b) {
  std::replace(text.begin(), text.end(), a, b);
  return text;
}

}  // namespace

ExploreAnswer explore_program(const ExploreRequest& request, SlottedRunner& runner, build::Builder& builder, const std::filesystem::path& folder) {
  ExploreAnswer answer;
  answer.built = builder.build_program(request.program, model::Engine::lockstep, folder);
  if (!answer.built.error.empty()) return answer;
  const run::Ended ended = runner.run(command_of(request, answer.built.executable));
  answer.run = collect_runs({"main"}, 0, ended, answer.built.executable, workspace_of(answer.built), runner).front();
  answer.run.engine = model::Engine::lockstep;
  if (!answer.run.exploration) {
    if (ended.end.how == model::How::cut && ended.end.cut == model::Cut::cancelled) throw model::Fault("interrupted");
    throw model::Fault("the exploration ended without an answer" + (answer.run.fault.empty() ? std::string() : ": " + answer.run.fault));
  }
  const auto opinion = judge::judge_exploration(answer.run, model::Verdict::deadlock);
  answer.verdict = opinion ? opinion->verdict : model::Verdict::passed;
  if (opinion) answer.findings = {opinion->finding};
  answer.coverage = judge::coverage_of(*answer.run.exploration);
  answer.conclusive = answer.verdict != model::Verdict::infra_error;
  return answer;
}

build::Workspace workspace_of(const build::BuiltProgram& built) {
  build::Workspace workspace;
  for (const auto& [name, file] : built.files) workspace.edit.push_back(name);
  return workspace;
}

std::string write_token(const Token& token) {
  const bool adversarial = token.plan.find("time=adversarial") != std::string::npos, spurious = token.plan.find("spurious=1") != std::string::npos;
  return "L1." + token.hash + "." + (adversarial ? "a" : "i") + (spurious ? "s" : "n") + "." + exchanged(exchanged(token.choices, ':', '-'), ',', '_');
}

Token parse_token(const std::string& text) {
  const auto fail = [&]() -> model::UsageError { return model::UsageError("`" + text + "` is no token: it looks like L1.0123456789ab.in.4-1_9-2, as `lockstep explore` prints it"); };
  if (!text.starts_with("L1.")) throw fail();
  const std::size_t hash_end = text.find('.', 3);
  if (hash_end == std::string::npos || text.size() < hash_end + 4 || text[hash_end + 3] != '.') throw fail();
  Token token;
  token.hash = text.substr(3, hash_end - 3);
  token.plan = std::string("time=") + (text[hash_end + 1] == 'a' ? "adversarial" : "idle") + ";spurious=" + (text[hash_end + 2] == 's' ? "1" : "0");
  token.choices = exchanged(exchanged(text.substr(hash_end + 4), '-', ':'), '_', ',');
  if (token.hash.empty() || token.hash.find_first_not_of("0123456789abcdef") != std::string::npos || token.choices.find_first_not_of("0123456789:,") != std::string::npos) throw fail();
  return token;
}

}  // namespace lockstep::pipeline
