// The only way to start a process. Everything that runs, compilers too, is described by a `Command` and ends as an `Ended`.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/observation.hpp"
#include "harness/model/record.hpp"

namespace lockstep::run {

struct Mount {
  std::string outside;  // readable by everybody (0755, 0644): what runs is another user. A writable folder is lent to that user meanwhile,
                        // so no two runs may share one at the same time
  std::string inside;   // not /box: that folder is the run module's own
  bool writable = false;
};

struct Limits {
  std::chrono::milliseconds wall{60'000};  // a backstop, never a verdict by itself
  std::chrono::milliseconds cpu{20'000};   // user and system, summed over the whole tree
  std::uint64_t memory_bytes = 2ull << 30;
  int tasks = 128;
  std::uint64_t output_bytes = 1u << 20;    // of each of stdout and stderr; more is dropped, not an error (64 times as much is cut)
  std::uint64_t file_bytes = 256ull << 20;  // of one file, and of the private /tmp as a whole
};

struct Command {
  std::vector<std::string> argv;  // argv[0] is an absolute path, as seen inside
  std::vector<std::string> env;   // the whole environment, "NAME=value"
  std::vector<Mount> mounts;      // beyond the read-only system folders, private /tmp and /dev/shm
  std::string workdir = "/tmp";   // inside
  Limits limits;
  bool fixed_addresses = false;  // without address randomisation, as ThreadSanitizer may need
  bool may_ptrace = false;       // LeakSanitizer inspects its own process
  bool channel = false;          // give it the descriptors of harness/inside/channel, and return what was written
  int ranks = 0;                 // > 0: argv runs as that many MPI ranks under mpirun, each with a channel
  bool prove_deadlock = false;   // watch for the moment when nobody can wake anybody (never for ranks: they poll)
  bool trusted = false;          // our own tool on our own input: no box, only limits; paths are then those outside
};

struct Ended {
  model::ProcessEnd end;
  std::string channel;                  // raw records, to be parsed by observe; at most 16 MiB
  std::string token;                    // the key that sealed them
  std::vector<model::StuckTask> stuck;  // if a deadlock was proven: every task; stacks hold raw "module+0xoffset" functions
};

// Thread-safe: the pipeline calls it from one thread per slot. Throws model::Fault when a process could not be started or watched.
class ProcessRunner {
 public:
  virtual ~ProcessRunner() = default;
  virtual Ended run(const Command& command) = 0;
  virtual std::vector<model::Protection> protections() const = 0;
  virtual std::string protection_level() const = 0;  // one of protection_levels
  // From now on every run, those that go on too, ends with Cut::cancelled. May be called from any thread.
  virtual void cancel_all() = 0;
};

// From weakest to strongest. limits: time, memory, output and tasks are bounded. processes: the run cannot reach processes or files of
// others (another user, or a process tree of its own). namespaces: no network, no view of other files, nothing can survive.
// full: all that, with a user of its own, a system call filter and limits that the kernel enforces.
inline constexpr std::string_view protection_levels[] = {"none", "limits", "processes", "namespaces", "full"};
bool level_at_least(std::string_view level, std::string_view required);  // an unknown level is below every known one
bool is_protection_level(std::string_view word);

// How untrusted commands are confined. `strongest` is found by trying; the others are for tests and for machines that must be alike.
enum class Confinement { strongest, root_namespaces, user_namespaces, none };

struct RunnerOptions {
  int slots = 2;                   // how many commands may run at the same time; run() waits for a free one
  std::filesystem::path box_init;  // empty: beside the running executable
  std::string require = "none";    // make_process_runner throws model::UsageError if the machine cannot give this level
  Confinement confinement = Confinement::strongest;
};

std::unique_ptr<ProcessRunner> make_process_runner(const RunnerOptions& options = {});

}  // namespace lockstep::run
