// A program of somebody's own: built, explored in the box by the engine lockstep or run again and again under ThreadSanitizer, judged.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "harness/build/build.hpp"
#include "harness/model/observation.hpp"
#include "harness/model/record.hpp"
#include "harness/pipeline/slots.hpp"

namespace lockstep::pipeline {

struct ExploreRequest {
  build::Program program;
  std::vector<std::string> arguments;  // of the program
  std::string plan;                    // LOCKSTEP_PLAN of harness/inside/lockstep/answer.hpp
  std::string replay;                  // choices; empty: explore
};

struct ExploreAnswer {
  build::BuiltProgram built;  // if it has an error, nothing was run
  model::TestRun run;
  model::Verdict verdict = model::Verdict::infra_error;
  bool conclusive = true;     // false: the engine cannot say
  std::vector<model::Finding> findings;  // most severe first
  std::string coverage;       // how much was looked at, in words
};

// `folder` is an existing private one, open to others (0755), that keeps the executable.
ExploreAnswer explore_program(const ExploreRequest& request, SlottedRunner& runner, build::Builder& builder, const std::filesystem::path& folder);

build::Workspace workspace_of(const build::BuiltProgram& built);  // all of its files are its author's

// How often a program runs under ThreadSanitizer: until either is spent, but once at least.
struct Repetitions {
  std::uint64_t runs = 20;
  double seconds = std::numeric_limits<double>::infinity();
  std::uint64_t seed = 1;  // of the delays
};

// The same on real threads, as submissions run under ThreadSanitizer; it ends with the first run that shows something. `plan` and `replay` of the request are
// the engine lockstep's alone. The runs are counted as schedules.
ExploreAnswer repeat_program(const ExploreRequest& request, const Repetitions& repetitions, SlottedRunner& runner, build::Builder& builder,
                             const std::filesystem::path& folder);

// A token stands for one schedule of one program.
struct Token {
  std::string hash;
  std::string plan;  // "time=adversarial;spurious=1"
  std::string choices;
};
std::string write_token(const Token& token);
// Throws model::UsageError for what is no token.
Token parse_token(const std::string& text);

}  // namespace lockstep::pipeline
