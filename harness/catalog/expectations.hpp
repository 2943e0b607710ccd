// What the author of an exercise expects of the grader: submissions that must earn full marks, and wrong ones that must be caught. All of it is
// under solutions/<id>/:
//   NOTES.md                                 why this exercise, the usual mistakes
//   reference/<edit files>                   earns 100
//   accepted/<story>/<edit files>            structurally different, earns 100 too
//   rejected/<verdict>/<story>/<edit files>  caught, with that verdict; beside them expect.json:
//     {"check": "<id>", "also": ["<id>", ...], "why": "<the mistake in one sentence>"}
//   where each of these checks must catch it.
//   tests/                                   hidden checks
// Nothing else may lie there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/catalog/catalog.hpp"
#include "harness/model/exercise.hpp"
#include "harness/model/verdict.hpp"

namespace lockstep::catalog {

struct Accepted {
  std::string story;
  std::filesystem::path folder;
};

struct Rejected {
  model::Verdict verdict = model::Verdict::wrong_answer;
  std::string story;
  std::filesystem::path folder;
  std::vector<std::string> checks;  // each of which must catch it. Empty (every check) only for does_not_build and forbidden
  std::string why;                  // the mistake in one sentence
};

struct Expectations {
  std::filesystem::path reference;  // empty if it is missing, which is a problem
  std::vector<Accepted> accepted;   // by story
  std::vector<Rejected> rejected;   // by verdict folder, then story
  std::vector<Problem> problems;
};

// Variants with problems are left out. The exercise must have a solution.
Expectations read_expectations(const model::Exercise& exercise);

}  // namespace lockstep::catalog
