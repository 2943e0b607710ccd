// The only way to start a process. Everything that runs, compilers too, is described by a `Command` and ends as an `Ended`.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/model/observation.hpp"
#include "harness/model/record.hpp"

namespace lockstep::run {

struct Mount {
  std::string outside;
  std::string inside;
  bool writable = false;
};

struct Limits {
  std::chrono::milliseconds wall{60'000};  // a backstop, never a verdict by itself
  std::chrono::milliseconds cpu{20'000};   // user and system, summed over the whole tree
  std::uint64_t memory_bytes = 2ull << 30;
  int tasks = 128;
  std::uint64_t output_bytes = 1u << 20;  // of each of stdout and stderr; more is dropped, not an error
  std::uint64_t file_bytes = 256ull << 20;
};

struct Command {
  std::vector<std::string> argv;  // argv[0] is an absolute path, as seen inside
  std::vector<std::string> env;   // the whole environment, "NAME=value"
  std::vector<Mount> mounts;      // beyond the read-only system folders, private /tmp and /dev/shm
  std::string workdir = "/tmp";   // inside
  Limits limits;
  bool fixed_addresses = false;   // without address randomisation, as ThreadSanitizer may need
  bool may_ptrace = false;        // LeakSanitizer inspects its own process
  bool channel = false;           // give it the descriptors of harness/inside/channel, and return what was written
  int ranks = 0;                  // > 0: argv runs as that many MPI ranks under mpirun, each with a channel
  bool prove_deadlock = false;    // watch for the moment when nobody can wake anybody
  bool trusted = false;           // our own tool on our own input: no box, only limits
};

struct Ended {
  model::ProcessEnd end;
  std::string channel;                  // raw records, to be parsed by observe
  std::string token;                    // the key that sealed them
  std::vector<model::StuckTask> stuck;  // if a deadlock was proven: every task; stacks hold raw "module+0xoffset" functions
};

// Thread-safe: the pipeline calls it from one thread per slot. Throws model::Fault when a process could not be started or watched.
class ProcessRunner {
 public:
  virtual ~ProcessRunner() = default;
  virtual Ended run(const Command& command) = 0;
  virtual std::vector<model::Protection> protections() const = 0;
  virtual std::string protection_level() const = 0;
};

}  // namespace lockstep::run
