// One run, or several, of a whole MPI program of somebody's under the layer that checks it: `lockstep mpi`.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/record.hpp"
#include "harness/pipeline/pipeline.hpp"

namespace lockstep::pipeline {

struct MpiProgram {  // how it is run
  std::vector<std::string> arguments;
  int ranks = 2;
  bool buffered = false;  // sends that the library would buffer count as done at once
  std::chrono::seconds time_limit{60};
  std::string choices;   // what is chosen where the standard leaves a choice, as MpiOutcome::choices says it; empty: what comes first
  bool notes_choices = false;
};

struct MpiFinding {
  std::string kind;  // "deadlock", "truncation", "leak_communicator", ...
  model::Verdict verdict = model::Verdict::mpi_misuse;
  int rank = -1;     // in MPI_COMM_WORLD; -1: not of one rank
  std::string call;  // "MPI_Recv"; empty: none
  std::string file;  // as given on the command line; empty: unknown
  int line = 0;
  std::string says;
  std::string why;                // the rule; may be empty
  std::vector<std::string> with;  // what the others do, one sentence each
};

struct MpiAnswer {  // what a call got where it could have been something else, and every message that was received; in the order of each rank
  int rank = 0;
  int number = 0;  // of the rank's choices; 0: there was none
  int got = 0;     // the source, in MPI_COMM_WORLD; of MPI_Waitany and its kin the index of the request, or -1: all of them
  std::vector<int> possible;  // of those calls only: what it could have got
  int tag = 0;
  bool any_tag = false;
  std::string communicator;
};

struct MpiOutcome {
  model::Verdict verdict = model::Verdict::infra_error;  // of several findings the most severe
  bool inconclusive = false;  // it reached its time limit, which proves nothing; `verdict` is infra_error then
  std::vector<MpiFinding> findings;
  model::Schedule waits;              // of a deadlock: the last messages, and who waits for whom
  std::string choices;                // under which it was found (a replay token); empty: those that the run made by itself
  std::vector<MpiAnswer> answers;     // if the run was to note them
  bool infeasible = false;            // the choices asked for cannot be made
  std::vector<std::string> printed;  // the end of what the program printed, on standard output and error
  std::string fault;
};

struct BuiltMpiProgram {
  build::Workspace workspace;
  std::filesystem::path executable;
  bool names_wildcards = true;        // MPI_ANY_SOURCE stands in its text
  std::optional<MpiOutcome> refused;  // it does not compile
};

// Throws model::UsageError for files that cannot be read, are none, or are not C or C++.
BuiltMpiProgram build_mpi_program(const std::vector<std::filesystem::path>& files, const Services& services);
MpiOutcome run_mpi_program(const BuiltMpiProgram& built, const MpiProgram& program, const Services& services);

// Up to `runs` runs, in which receives and probes from anybody get other messages than they did, and MPI_Waitany and its kin other requests: one choice is
// changed at a time, and further ones from there. Ends with the first that finds something. `explored`: how many runs there were.
MpiOutcome explore_mpi_program(const BuiltMpiProgram& built, const MpiProgram& program, int runs, const Services& services, int& explored);

}  // namespace lockstep::pipeline
