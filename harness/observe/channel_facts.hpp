// What one launch of a test program reported, test by test.
#pragma once

#include <string_view>
#include <vector>

#include "harness/model/observation.hpp"

namespace lockstep::observe {

struct Observed {
  // In the order in which they began. Everything but `program`, `engine`, `seed`, `repetition` and `end` is filled; functions of frames are raw
  // addresses "module+0x1234" until apply_symbols (symbols.hpp) has seen them.
  std::vector<model::TestRun> tests;
  // Every process that was to report said that it lives, its sanitizer too; no code of the student's runs before that. False: the program did
  // not even start, which is no fault of the student's.
  bool began = false;
  std::size_t refused = 0;  // records without a right seal: somebody else wrote to the channel
  std::string fault;        // the harness failed inside the program, outside of any test
};

// `ranks`: of an MPI launch; 0 for a single process. Never throws, whatever the bytes are.
//
// A test is `sealed` when the process that the harness started (of MPI: every rank) listed it in its end record; it passed when that process
// (every rank) said so. Children that the program forked report failures, races and the like, but cannot end a test.
Observed parse_channel(std::string_view bytes, std::string_view token, int ranks);

}  // namespace lockstep::observe
