// From a record to points. Pure: nothing is run, read or measured.
//
// The rules:
//  1. A check earns all of its points when it passed, and none otherwise. There are no partial points inside a check.
//  2. A check that our own fault kept from a verdict (`infra_error`) is *undecided*: its points are neither earned nor lost, and the grade is
//     provisional until it has been graded again.
//  3. A check whose hidden tests are not in this tree (`unavailable`) is *pending*: its points are neither earned nor lost.
//  4. A `blocked` check shares the fate of the check that blocks it: points are lost behind a failed one, undecided behind an undecided one,
//     pending behind a pending one.
//  5. `graded_points` are the points of the checks that were decided, so that "55 of 60, 40 pending" can be said.
#pragma once

#include <string>
#include <vector>

#include "harness/model/record.hpp"

namespace lockstep::scoring {

enum class Standing { earned, lost, undecided, pending };

struct CheckGrade {
  std::string id;
  Standing standing = Standing::lost;
  int earned = 0;
  int possible = 0;
};

struct Grade {
  std::vector<CheckGrade> checks;  // in the record's order
  int earned = 0;
  int possible = 0;          // of all checks; 100 for a complete manifest
  int graded_points = 0;     // possible points of the checks that were decided: earned or lost
  int undecided = 0;         // points behind a fault of the grader
  int pending = 0;           // points behind hidden tests that are not in this tree
  bool provisional = false;  // a check is undecided: grade again
  bool complete = false;     // every check was decided

  // Nothing that was decided was lost, and something was decided.
  bool all_decided_passed() const { return graded_points > 0 && earned == graded_points; }
  bool full_marks() const { return complete && all_decided_passed(); }
};

Grade score(const model::Record& record);

}  // namespace lockstep::scoring
