// A program of somebody's own: built with the engine lockstep, explored in the box, judged.
#pragma once

#include <filesystem>
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
  std::string build_error;  // then nothing was run
  std::string hash;         // of the program and the engine
  std::filesystem::path executable;
  model::TestRun run;
  model::Verdict verdict = model::Verdict::infra_error;
  bool conclusive = true;   // false: the engine cannot say
  model::Finding finding;
  std::string coverage;     // how much was looked at, in words
};

// `folder` is an existing private one, open to others (0755), that keeps the executable.
ExploreAnswer explore_program(const ExploreRequest& request, SlottedRunner& runner, build::Builder& builder, const std::filesystem::path& folder);

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
