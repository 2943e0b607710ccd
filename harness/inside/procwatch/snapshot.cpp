#include "harness/inside/procwatch/snapshot.hpp"

#include <dirent.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "harness/inside/procwatch/process_table.hpp"
#include "harness/inside/testkit/under_tsan.hpp"

namespace lockstep::procwatch {
namespace {

std::string target_of(int descriptor) {
  char target[256];
  const ssize_t length = ::readlink(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), target, sizeof target);
  return std::string(target, length > 0 ? static_cast<std::size_t>(length) : 0);
}

std::string target_in_words(int descriptor) {
  const std::string text = target_of(descriptor);
  if (text.starts_with("pipe:")) return "an end of a pipe";
  if (text.starts_with("socket:")) return "a socket";
  if (text.starts_with("anon_inode:")) return text.substr(std::strlen("anon_inode:"));
  return text;
}

std::set<std::string> names_in(const char* folder) {
  std::set<std::string> names;
  if (DIR* open_folder = ::opendir(folder)) {
    while (const dirent* item = ::readdir(open_folder))
      if (item->d_name[0] != '.') names.insert(item->d_name);
    ::closedir(open_folder);
  }
  return names;
}

std::set<std::string> read_segments() {
  std::set<std::string> segments;
  std::ifstream table("/proc/sysvipc/shm");
  std::string line;
  std::getline(table, line);  // headings
  while (std::getline(table, line)) {
    std::string key, id;
    std::istringstream(line) >> key >> id;
    segments.insert(id);
  }
  return segments;
}

// ThreadSanitizer reads the process's memory map on a thread of its own, after the first thread has been created: at a moment that nobody knows.
// A descriptor that leads nowhere any more was its too: it was closed while we looked, and may be open again a moment later.
bool is_the_runtimes([[maybe_unused]] int descriptor) {
#ifdef LOCKSTEP_UNDER_TSAN
  const std::string target = target_of(descriptor);
  return target.empty() || (target.starts_with("/proc/") && target.ends_with("/maps"));
#else
  return false;
#endif
}

bool same(const struct sigaction& a, const struct sigaction& b) {
  return a.sa_handler == b.sa_handler && (a.sa_flags & SA_SIGINFO) == (b.sa_flags & SA_SIGINFO);
}

std::string name_of(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

void compare_descriptors(const Snapshot& before, const Snapshot& after, std::vector<Finding>& findings) {
  for (const auto& [descriptor, target] : after.descriptors) {
    const auto old = before.descriptors.find(descriptor);
    const std::string number = "descriptor " + std::to_string(descriptor);
    if (old == before.descriptors.end())
      findings.push_back({"descriptor", number + " (" + target_in_words(descriptor) + ") was left open"});
    else if (old->second != target)
      findings.push_back({"descriptor", number + " leads somewhere else now: " + target_in_words(descriptor)});
  }
  for (const auto& [descriptor, target] : before.descriptors)
    if (!after.descriptors.contains(descriptor))
      findings.push_back({"descriptor", "descriptor " + std::to_string(descriptor) + " was closed, but belongs to the caller"});
}

void compare_signals(const Snapshot& before, const Snapshot& after, std::vector<Finding>& findings) {
  for (int signal = 1; signal < 65; ++signal) {
    const bool was = ::sigismember(&before.mask, signal) == 1, is = ::sigismember(&after.mask, signal) == 1;
    if (was != is) findings.push_back({"signal_mask", name_of(signal) + (is ? " was left blocked" : " was left unblocked")});
    const std::size_t at = static_cast<std::size_t>(signal);
    if (!same(before.dispositions[at], after.dispositions[at]))
      findings.push_back({"signal_disposition", "what happens at " + name_of(signal) + " was changed and not restored"});
  }
}

}  // namespace

std::map<int, DescriptorTarget> read_descriptors() {
  std::map<int, DescriptorTarget> descriptors;
  DIR* folder = ::opendir("/proc/self/fd");
  if (folder == nullptr) return descriptors;
  const int own = ::dirfd(folder);
  while (const dirent* item = ::readdir(folder)) {
    if (!std::isdigit(static_cast<unsigned char>(item->d_name[0]))) continue;
    const int descriptor = std::atoi(item->d_name);
    struct stat info;
    if (descriptor != own && ::fstat(descriptor, &info) == 0 && !is_the_runtimes(descriptor))
      descriptors[descriptor] = {info.st_dev, info.st_ino};
  }
  ::closedir(folder);
  return descriptors;
}

Snapshot take_snapshot(bool only_signals) {
  Snapshot now;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &now.mask);
  for (int signal = 1; signal < 65; ++signal)
    if (signal != 32 && signal != 33)
      ::sigaction(signal, nullptr, &now.dispositions[static_cast<std::size_t>(signal)]);  // those two are glibc's
  if (only_signals) return now;
  now.descriptors = read_descriptors();
  for (const ProcessEntry& thread : read_threads())
    if (!thread.exiting()) now.threads.insert(thread.pid);
  now.shared_memory = names_in("/dev/shm");
  now.segments = read_segments();
  return now;
}

std::vector<Finding> differences(const Snapshot& before, const Snapshot& after) {
  std::vector<Finding> findings;
  compare_descriptors(before, after, findings);
  compare_signals(before, after, findings);
  std::size_t threads = 0;
  for (const pid_t thread : after.threads) threads += !before.threads.contains(thread);
  if (threads > 0)
    findings.push_back({"thread", (threads == 1 ? std::string("a thread was") : std::to_string(threads) + " threads were") +
                                      " still running after the test: started, but not joined"});
  for (const std::string& name : after.shared_memory)
    if (!before.shared_memory.contains(name)) findings.push_back({"shared_memory", "the shared-memory object /" + name + " was not unlinked"});
  for (const std::string& id : after.segments)
    if (!before.segments.contains(id)) findings.push_back({"shared_memory", "the shared-memory segment with id " + id + " was not removed"});
  return findings;
}

}  // namespace lockstep::procwatch
