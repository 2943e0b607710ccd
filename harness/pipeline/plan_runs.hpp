// Which tests run under which engine, how often, and with which limits. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/exercise.hpp"
#include "harness/run/process_runner.hpp"

namespace lockstep::pipeline {

// The tests of `all` that a check selects by its patterns ('*' and '?' as in GoogleTest filters; no pattern: every test).
std::vector<std::string> tests_of(const model::Check& check, const std::vector<std::string>& all);

// Programs that the chosen checks need, per engine. Hidden programs of a tree without solutions are left out: their checks are unavailable.
std::map<model::Engine, std::vector<std::string>> programs_of(const model::Exercise& exercise, const std::vector<std::string>& only);

bool is_available(const model::Exercise& exercise, const model::Check& check);

// A process to start: one test, or for MPI every test of a program.
struct PlannedRun {
  model::Engine engine = model::Engine::native;
  std::string program;
  std::vector<std::string> tests;
  int ranks = 0;                     // 0: not an MPI launch
  std::vector<std::uint64_t> seeds;  // of its repetitions, one after the other
  bool measures = false;
  model::Exploring exploring;        // for the engine lockstep
  std::optional<std::vector<std::string>> arguments;  // of a program that is no test program; a test program is told which tests to run
};

// Every test that a check selects is one run, however many checks select it; under ThreadSanitizer it is repeated `tsan_repetitions` times.
std::vector<PlannedRun> plan_runs(const model::Exercise& exercise, model::Engine engine, const std::vector<std::string>& only,
                                  const std::map<std::string, std::vector<std::string>>& tests, std::uint64_t seed);

// Of one of several repetitions, counted from 0.
std::uint64_t seed_of(std::uint64_t seed, std::uint64_t repetition);

inline constexpr int tsan_repetitions = 3;
inline constexpr int mpi_ranks = 8;

run::Limits limits_of(model::Engine engine, bool mpi);

}  // namespace lockstep::pipeline
