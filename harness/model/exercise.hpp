// An exercise as its manifest states it: facts only. Paths are absolute once the catalog has read them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/engine.hpp"
#include "harness/model/verdict.hpp"

namespace lockstep::model {

struct Forbidden {
  std::string facility;  // "std::barrier", "MPI_Barrier", "popen": as a student would write it
  std::string because;
};

struct Exploring {  // of the engine lockstep
  int budget = 1000;         // schedules of each test
  int bound = 2;             // preemptions up to which every schedule is run, if the budget allows
  bool adversarial = false;  // sleepers and timed waits may wake at any point
  bool spurious = false;     // waits on conditions may end for nothing
};

struct Check {
  std::string id;  // a claim that is true when the check passes
  Engine engine = Engine::native;
  std::string program;             // file name under tests/
  std::vector<std::string> tests;  // GoogleTest patterns that select its tests in the program; empty: all of them
  int points = 0;
  bool hidden = false;    // the program stands under solutions/
  bool measures = false;  // before it fails, it is run again alone on the machine
  Verdict deadlock_means = Verdict::deadlock;  // `not_concurrent` where the test's tasks wait for each other and so must overlap
  Exploring exploring;
  std::vector<std::string> needs;  // ids of checks that must pass first
  std::string says;
};

struct Exercise {
  std::string id;       // "02_threads/condition", from the path
  std::string chapter;  // "02_threads"
  std::string name;     // "condition"
  std::string title;
  std::string covers;
  int difficulty = 1;  // 1 to 5
  int ranks = 8;       // of a launch under MPI; the tests use as many of them as they need
  std::vector<std::string> edit;
  std::vector<Forbidden> forbid;
  std::vector<Check> checks;  // points sum to 100
  std::vector<std::string> hints;  // weakest first

  std::filesystem::path folder;                      // exercises/<id>
  std::optional<std::filesystem::path> solution;     // solutions/<id>, where the tree has it
  std::string version;                               // SHA-256 of everything that can change a verdict

  bool uses_mpi() const {
    for (const Check& check : checks)
      if (check.engine == Engine::mpi) return true;
    return false;
  }
};

}  // namespace lockstep::model
