// What every renderer is given: values only. For students the record is one that scoring::redact has gone over. Colour and width are the
// caller's to find out (NO_COLOR, the terminal); renderers look at neither.
#pragma once

#include <string>

#include "grader/scoring/score.hpp"
#include "harness/model/record.hpp"

namespace lockstep::report {

enum class Audience { student, instructor };

struct RenderInput {
  const model::Record& record;
  scoring::Grade grade;  // of this record: one entry per check, in its order
  Audience audience = Audience::student;
  bool colour = false;
  int width = 80;          // columns of the terminal
  std::string submission;  // the folder as the caller named it, for the command that shows it again; empty: what the record knows
};

}  // namespace lockstep::report
