#include "harness/inside/procwatch/process_table.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace lockstep::procwatch {
namespace {

// The file's first bytes; an entry has fewer than 512. Plain system calls, so that no stream's buffer is shared with a fork.
std::string read_start(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  char buffer[1024];
  const ssize_t length = ::read(file, buffer, sizeof buffer);
  ::close(file);
  return length > 0 ? std::string(buffer, static_cast<std::size_t>(length)) : std::string();
}

std::vector<ProcessEntry> read_folder(const std::string& folder) {
  std::vector<ProcessEntry> entries;
  DIR* open_folder = ::opendir(folder.c_str());
  if (open_folder == nullptr) return entries;
  while (const dirent* item = ::readdir(open_folder)) {
    if (!std::isdigit(static_cast<unsigned char>(item->d_name[0]))) continue;
    if (auto entry = read_entry(folder + "/" + item->d_name + "/stat")) entries.push_back(*entry);
  }
  ::closedir(open_folder);
  return entries;
}

}  // namespace

std::optional<ProcessEntry> read_entry(const std::string& path) {
  const std::string text = read_start(path);
  // The name may hold spaces and parentheses; the last ')' ends it.
  const auto open = text.find('('), close = text.rfind(')');
  if (open == std::string::npos || close == std::string::npos) return std::nullopt;
  ProcessEntry entry;
  entry.pid = static_cast<pid_t>(std::strtol(text.c_str(), nullptr, 10));
  entry.name = text.substr(open + 1, close - open - 1);
  int session = 0, terminal = 0, terminal_group = 0;
  unsigned long user = 0, system = 0;
  const int fields = std::sscanf(text.c_str() + close + 1, " %c %d %d %d %d %d %lu %*u %*u %*u %*u %lu %lu", &entry.state, &entry.parent,
                                 &entry.group, &session, &terminal, &terminal_group, &entry.flags, &user, &system);
  if (fields != 9) return std::nullopt;
  entry.cpu_ticks = user + system;
  return entry;
}

std::optional<ProcessEntry> read_process(pid_t pid) { return read_entry("/proc/" + std::to_string(pid) + "/stat"); }

std::vector<ProcessEntry> read_processes() { return read_folder("/proc"); }

std::vector<ProcessEntry> read_threads() { return read_folder("/proc/self/task"); }

bool descends_from(pid_t pid, pid_t ancestor) {
  while (pid > 1 && pid != ancestor) {
    const auto entry = read_process(pid);
    if (!entry) return false;
    pid = entry->parent;
  }
  return pid == ancestor;
}

}  // namespace lockstep::procwatch
