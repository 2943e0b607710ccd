#include "harness/run/control_group.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

#include "harness/run/descriptor.hpp"

namespace lockstep::run {

namespace {

struct Hierarchies {  // folders under which we make ours; empty: none
  std::string memory1, cpu1, version2;
};

bool lists(const std::string& words, std::string_view wanted, char separator) {
  std::istringstream in(words);
  for (std::string word; std::getline(in, word, separator);)
    if (word.substr(0, word.find('\n')) == wanted) return true;
  return false;
}

// Our own folder in the hierarchy of a version 1 controller, so that limits set on us go on to hold (/proc/self/cgroup, cgroups(7)).
std::string own_path(std::string_view controller) {
  std::istringstream lines(read_text("/proc/self/cgroup"));
  for (std::string line; std::getline(lines, line);) {
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos || !lists(line.substr(first + 1, second - first - 1), controller, ',')) continue;
    const std::string path = line.substr(second + 1);
    return path == "/" ? "" : path;
  }
  return "";
}

Hierarchies find_hierarchies() {
  Hierarchies found;
  std::istringstream lines(read_text("/proc/self/mounts"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string device, folder, type, options;
    words >> device >> folder >> type >> options;
    if (type == "cgroup2") {
      // Processes may not stand beside child groups in version 2, so ours go below the root of what we see.
      if (!lists(read_text(folder + "/cgroup.controllers"), "memory", ' ')) continue;
      write_text(folder + "/cgroup.subtree_control", "+memory");
      if (lists(read_text(folder + "/cgroup.subtree_control"), "memory", ' ')) found.version2 = folder;
    } else if (type == "cgroup") {
      const auto choose = [&](const char* controller, std::string& target) {
        if (!lists(options, controller, ',')) return;
        const std::string own = folder + own_path(controller);
        target = access(own.c_str(), W_OK) == 0 ? own : folder;
      };
      choose("memory", found.memory1);
      choose("cpuacct", found.cpu1);
    }
  }
  return found;
}

const Hierarchies& hierarchies() {
  static const Hierarchies found = find_hierarchies();
  return found;
}

std::string make_folder(const std::string& parent, const std::string& name) {
  if (parent.empty()) return "";
  const std::string folder = parent + "/" + name;
  rmdir(folder.c_str());  // counters start at zero
  return mkdir(folder.c_str(), 0755) == 0 ? folder : "";
}

std::uint64_t value_after(const std::string& text, std::string_view key) {
  const auto at = text.find(key);
  return at == std::string::npos ? 0 : std::strtoull(text.c_str() + at + key.size(), nullptr, 10);
}

}  // namespace

ControlGroup::ControlGroup(const std::string& name, std::uint64_t memory_bytes) {
  const Hierarchies& all = hierarchies();
  const std::string limit = std::to_string(memory_bytes);
  version2_ = !all.version2.empty();
  if (version2_) {
    memory_ = cpu_ = make_folder(all.version2, name);
    if (memory_.empty()) return;
    write_text(memory_ + "/memory.swap.max", "0");
    write_text(memory_ + "/memory.oom.group", "1");
    if (!write_text(memory_ + "/memory.max", limit)) memory_.clear();
  } else {
    memory_ = make_folder(all.memory1, name);
    cpu_ = make_folder(all.cpu1, name);
    if (!memory_.empty() && !write_text(memory_ + "/memory.limit_in_bytes", limit)) rmdir(memory_.c_str()), memory_.clear();
    if (!memory_.empty()) write_text(memory_ + "/memory.memsw.limit_in_bytes", limit);
  }
}

ControlGroup::~ControlGroup() {
  // The last process is gone, but its accounting may be a moment behind.
  for (const std::string& folder : {memory_, cpu_})
    for (int attempt = 0; !folder.empty() && rmdir(folder.c_str()) != 0 && errno == EBUSY && attempt < 50; ++attempt) usleep(2000);
}

void ControlGroup::attach(pid_t pid) {
  const std::string text = std::to_string(pid);
  const auto join = [&](std::string& folder) {
    if (folder.empty() || write_text(folder + "/cgroup.procs", text)) return;
    rmdir(folder.c_str());
    folder.clear();
  };
  join(memory_);
  if (cpu_ != memory_) join(cpu_);
  if (version2_) cpu_ = memory_;
  attached_ = true;
}

std::uint64_t ControlGroup::cpu_us() const {
  if (version2_) return value_after(read_text(cpu_ + "/cpu.stat"), "usage_usec ");
  return std::strtoull(read_text(cpu_ + "/cpuacct.usage").c_str(), nullptr, 10) / 1000;
}

std::uint64_t ControlGroup::peak_bytes() const {
  return std::strtoull(read_text(memory_ + (version2_ ? "/memory.peak" : "/memory.max_usage_in_bytes")).c_str(), nullptr, 10);
}

bool ControlGroup::ran_out_of_memory() const {
  return value_after(read_text(memory_ + (version2_ ? "/memory.events" : "/memory.oom_control")), "\noom_kill ") > 0;
}

void remove_control_groups(const std::string& name) {
  const Hierarchies& all = hierarchies();
  for (const std::string& parent : {all.version2, all.memory1, all.cpu1})
    if (!parent.empty()) rmdir((parent + "/" + name).c_str());
}

}  // namespace lockstep::run
