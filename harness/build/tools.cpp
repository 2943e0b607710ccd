#include "harness/build/tools.hpp"

#include <algorithm>
#include <csignal>
#include <semaphore>
#include <thread>

#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

std::counting_semaphore<>& processors() {
  static std::counting_semaphore<> free(static_cast<std::ptrdiff_t>(std::max(1u, std::thread::hardware_concurrency())));
  return free;
}

model::ProcessEnd run_one(run::ProcessRunner& runner, const run::Command& command) {
  processors().acquire();
  struct Release {
    ~Release() { processors().release(); }
  } release;
  return runner.run(command).end;
}

run::Command command_for(const Argv& argv) {
  run::Command command;
  command.argv = argv;
  // gcc finds its assembler by PATH. Messages are parsed, so they must be in the C locale.
  command.env = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "TMPDIR=/tmp"};
  command.limits.output_bytes = 4u << 20;
  return command;
}

}  // namespace

model::ProcessEnd run_trusted(run::ProcessRunner& runner, const Argv& argv) {
  run::Command command = command_for(argv);
  command.trusted = true;
  command.limits.cpu = std::chrono::minutes(5);
  command.limits.wall = std::chrono::minutes(20);
  command.limits.memory_bytes = 4ull << 30;
  command.limits.file_bytes = 1ull << 30;
  return run_one(runner, command);
}

model::ProcessEnd run_boxed(run::ProcessRunner& runner, const Argv& argv, const std::vector<Path>& readable, const Path& writable) {
  run::Command command = command_for(argv);
  for (const Path& path : readable) command.mounts.push_back({path, path, false});
  if (!writable.empty()) command.mounts.push_back({writable, writable, true});
  command.limits.cpu = std::chrono::seconds(60);
  command.limits.wall = std::chrono::minutes(5);
  command.limits.memory_bytes = 2ull << 30;
  command.limits.output_bytes = boxed_output_bytes;
  return run_one(runner, command);
}

bool succeeded(const model::ProcessEnd& end) { return end.how == model::How::exited && end.code == 0; }

std::string exceeded_limit(const model::ProcessEnd& end) {
  if (end.how == model::How::cut) {
    switch (end.cut) {
      case model::Cut::cpu_time: return "60 s of processor time";
      case model::Cut::memory: return "2 GiB of memory";
      case model::Cut::tasks: return "128 processes";
      case model::Cut::output: return "the space there is for its messages";
      default: throw model::Fault("a compiler was stopped from outside before it could finish");
    }
  }
  // The driver survives its child: a limit that the kernel enforces shows in what it says.
  for (const char* sign : {"out of memory", "virtual memory exhausted", "Killed signal terminated program", "bad_alloc"})
    if (end.err.find(sign) != std::string::npos) return "2 GiB of memory";
  if (end.err.find("CPU time limit exceeded") != std::string::npos) return "60 s of processor time";
  if (end.err.find("File size limit exceeded") != std::string::npos || end.err.find("No space left on device") != std::string::npos ||
      end.err.find("File too large") != std::string::npos)
    return "256 MiB of output";
  return {};
}

}  // namespace lockstep::build
