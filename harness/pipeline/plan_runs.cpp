#include "harness/pipeline/plan_runs.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <set>

namespace lockstep::pipeline {
namespace {

bool chosen(const model::Check& check, const std::vector<std::string>& only) {
  return only.empty() || std::find(only.begin(), only.end(), check.id) != only.end();
}

}  // namespace

// SplitMix64 (Steele, Lea, Flood 2014): well-spread seeds from one seed and a counter.
std::uint64_t seed_of(std::uint64_t seed, std::uint64_t repetition) {
  std::uint64_t z = seed + (repetition + 1) * 0x9e3779b97f4a7c15ull;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

std::vector<std::string> tests_of(const model::Check& check, const std::vector<std::string>& all) {
  if (check.tests.empty()) return all;
  std::vector<std::string> selected;
  std::copy_if(all.begin(), all.end(), std::back_inserter(selected), [&](const std::string& test) {
    return std::any_of(check.tests.begin(), check.tests.end(),
                       [&](const std::string& pattern) { return fnmatch(pattern.c_str(), test.c_str(), FNM_NOESCAPE) == 0; });
  });
  return selected;
}

bool is_available(const model::Exercise& exercise, const model::Check& check) { return !check.hidden || exercise.solution.has_value(); }

std::map<model::Engine, std::vector<std::string>> programs_of(const model::Exercise& exercise, const std::vector<std::string>& only) {
  std::map<model::Engine, std::vector<std::string>> programs;
  for (const model::Check& check : exercise.checks) {
    if (!chosen(check, only) || !is_available(exercise, check)) continue;
    std::vector<std::string>& names = programs[check.engine];
    if (std::find(names.begin(), names.end(), check.program) == names.end()) names.push_back(check.program);
  }
  return programs;
}

std::vector<PlannedRun> plan_runs(const model::Exercise& exercise, model::Engine engine, const std::vector<std::string>& only,
                                  const std::map<std::string, std::vector<std::string>>& tests, std::uint64_t seed) {
  std::vector<PlannedRun> plan;
  for (const auto& [program, all] : tests) {
    std::set<std::string> selected, measured;
    std::map<std::string, model::Exploring> exploring;
    for (const model::Check& check : exercise.checks) {
      if (check.engine != engine || check.program != program || !chosen(check, only)) continue;
      for (const std::string& test : tests_of(check, all)) {
        selected.insert(test);
        exploring.try_emplace(test, check.exploring);
        if (check.measures) measured.insert(test);
      }
    }
    if (exercise.uses_mpi()) {
      if (!selected.empty())
        plan.push_back({engine, program, {selected.begin(), selected.end()}, exercise.ranks, {seed_of(seed, 0)}, !measured.empty(), {}, {}});
      continue;
    }
    std::vector<std::uint64_t> seeds;
    for (int repetition = 0; repetition < (engine == model::Engine::tsan ? tsan_repetitions : 1); ++repetition)
      seeds.push_back(seed_of(seed, static_cast<std::uint64_t>(repetition)));
    for (const std::string& test : selected) plan.push_back({engine, program, {test}, 0, seeds, measured.contains(test), exploring.at(test), {}});
  }
  return plan;
}

run::Limits limits_of(model::Engine engine, bool mpi) {
  using namespace std::chrono_literals;
  run::Limits limits;
  limits.wall = 120s;
  // A hundred times what the tests of most right submissions take; one whose threads spin for a moment takes more on a busy machine.
  limits.cpu = engine == model::Engine::tsan || engine == model::Engine::asan ? 20s : 10s;
  if (engine == model::Engine::lockstep) limits.cpu = 100s;  // thousands of executions, each with limits of its own
  if (mpi) {
    limits.wall = 240s;
    limits.cpu = 120s;
    limits.tasks = 256;
    limits.memory_bytes = 4ull << 30;
  }
  return limits;
}

}  // namespace lockstep::pipeline
