#include "harness/run/task_tree.hpp"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "harness/run/descriptor.hpp"

namespace lockstep::run {

namespace {

std::vector<pid_t> numbers_in(const std::string& folder) {
  std::vector<pid_t> found;
  DIR* all = opendir(folder.c_str());
  if (all == nullptr) return found;
  while (const dirent* entry = readdir(all))
    if (const int number = std::atoi(entry->d_name); number > 0) found.push_back(number);
  closedir(all);
  return found;
}

// The fields of /proc/<pid>/stat from the third on (the second, the name, may hold anything).
std::vector<std::uint64_t> stat_fields(pid_t pid) {
  const std::string text = read_text("/proc/" + std::to_string(pid) + "/stat");
  std::vector<std::uint64_t> fields;
  const auto end = text.rfind(')');
  if (end == std::string::npos || end + 4 > text.size()) return fields;
  fields.push_back(static_cast<unsigned char>(text[end + 2]));
  const char* at = text.c_str() + end + 3;
  for (char* next = nullptr;; at = next) {
    const std::uint64_t value = std::strtoull(at, &next, 10);
    if (next == at) return fields;
    fields.push_back(value);
  }
}

constexpr std::size_t stat_parent = 1, stat_utime = 11, stat_stime = 12, stat_cutime = 13, stat_cstime = 14;

void add_children(pid_t parent, std::vector<Process>& into) {
  for (const pid_t task : numbers_in("/proc/" + std::to_string(parent) + "/task")) {
    const std::string children = read_text(proc_path(parent, task, "children"));
    const char* at = children.c_str();
    for (char* next = nullptr;; at = next) {
      const long child = std::strtol(at, &next, 10);
      if (next == at) break;
      const pid_t pid = static_cast<pid_t>(child);
      into.push_back({pid, numbers_in("/proc/" + std::to_string(pid) + "/task")});
    }
  }
}

}  // namespace

std::string proc_path(pid_t process, pid_t task, const char* file) {
  return "/proc/" + std::to_string(process) + "/task/" + std::to_string(task) + "/" + file;
}

std::vector<Process> processes_below(pid_t root) {
  std::vector<Process> found;
  add_children(root, found);
  for (std::size_t i = 0; i < found.size(); ++i) add_children(found[i].pid, found);
  return found;
}

std::vector<pid_t> all_processes_below(pid_t root) {
  std::map<pid_t, pid_t> parents;
  for (const pid_t pid : numbers_in("/proc")) {
    const auto fields = stat_fields(pid);
    if (fields.size() > stat_parent) parents[pid] = static_cast<pid_t>(fields[stat_parent]);
  }
  std::vector<pid_t> found;
  for (const auto& [pid, parent] : parents)
    for (auto at = parents.find(parent); at != parents.end(); at = parents.find(at->second))
      if (at->first == root) {
        found.push_back(pid);
        break;
      }
  return found;
}

Usage usage_below(pid_t root) {
  static const auto ticks = static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
  static const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  Usage usage;
  std::uint64_t cpu_ticks = 0;
  const auto add_cpu = [&](pid_t pid, std::size_t from) {
    const auto fields = stat_fields(pid);
    if (fields.size() > stat_cstime)
      for (std::size_t i = from; i <= stat_cstime; ++i) cpu_ticks += fields[i];
  };
  add_cpu(root, stat_cutime);  // its own time is ours, that of its children is theirs
  for (const Process& process : processes_below(root)) {
    usage.tasks += static_cast<int>(process.tasks.size());
    add_cpu(process.pid, stat_utime);
    unsigned long long size = 0, resident = 0;
    if (std::sscanf(read_text("/proc/" + std::to_string(process.pid) + "/statm").c_str(), "%llu %llu", &size, &resident) == 2)
      usage.memory_bytes += resident * page;
    for (const pid_t task : process.tasks) {
      unsigned long long ran = 0, waited = 0;
      if (std::sscanf(read_text(proc_path(process.pid, task, "schedstat")).c_str(), "%llu %llu", &ran, &waited) == 2)
        usage.waited_ms += waited / 1'000'000;
    }
  }
  usage.cpu_ms = cpu_ticks * 1000 / ticks;
  return usage;
}

}  // namespace lockstep::run
