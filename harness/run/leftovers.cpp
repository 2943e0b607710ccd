#include "harness/run/leftovers.hpp"

#include <dirent.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "harness/run/descriptor.hpp"

namespace lockstep::run {

namespace {

// Repeats until a whole reading of /proc finds none: a fork bomb may be faster than one pass, but not for long, since it is bounded by the
// limit on tasks.
void kill_processes_of(uid_t uid) {
  for (int round = 0; round < 200; ++round) {
    bool found = false;
    DIR* all = opendir("/proc");
    if (all == nullptr) return;
    while (const dirent* entry = readdir(all)) {
      const int pid = std::atoi(entry->d_name);
      struct stat info {};
      if (pid <= 0 || fstatat(dirfd(all), entry->d_name, &info, 0) != 0) continue;
      // A process that made itself unreadable shows root as the owner of its folder, so the owner alone is not asked.
      const std::string status = read_text("/proc/" + std::to_string(pid) + "/status");
      if (status.find("\nUid:\t" + std::to_string(uid) + "\t") == std::string::npos || status.find("\nState:\tZ") != std::string::npos) continue;
      found = kill(pid, SIGKILL) == 0 || found;
    }
    closedir(all);
    if (!found) return;
    usleep(1000);
  }
}

void remove_shared_memory_of(uid_t uid) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/dev/shm", error)) {
    struct stat info {};
    if (lstat(entry.path().c_str(), &info) == 0 && info.st_uid == uid) std::filesystem::remove_all(entry.path(), error);
  }
}

// Lines of /proc/sysvipc/* begin with key and id; the column of the owner differs (sysvipc(7)).
template <class Remove>
void remove_objects_of(uid_t uid, const char* table, std::size_t owner, Remove remove) {
  std::istringstream lines(read_text(table));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::vector<long long> values;
    for (long long value = 0; words >> value;) values.push_back(value);
    if (values.size() > owner && values[owner] == static_cast<long long>(uid)) remove(static_cast<int>(values[1]));
  }
}

}  // namespace

void remove_orphaned_boxes() {
  if (getpid() == 1 || read_text("/proc/1/comm") == "lockstep\n") return;  // then a parent of 1 says nothing
  DIR* all = opendir("/proc");
  if (all == nullptr) return;
  while (const dirent* entry = readdir(all)) {
    const int pid = std::atoi(entry->d_name);
    if (pid <= 1) continue;
    const std::string folder = "/proc/" + std::to_string(pid);
    if (read_text(folder + "/comm") != "bwrap\n" || read_text(folder + "/status").find("\nPPid:\t1\n") == std::string::npos) continue;
    if (read_text(folder + "/cmdline").find("/box/init") != std::string::npos) kill(pid, SIGKILL);
  }
  closedir(all);
}

void remove_leftovers(uid_t uid) {
  kill_processes_of(uid);
  remove_shared_memory_of(uid);
  remove_objects_of(uid, "/proc/sysvipc/shm", 7, [](int id) { shmctl(id, IPC_RMID, nullptr); });
  remove_objects_of(uid, "/proc/sysvipc/sem", 4, [](int id) { semctl(id, 0, IPC_RMID); });
  remove_objects_of(uid, "/proc/sysvipc/msg", 7, [](int id) { msgctl(id, IPC_RMID, nullptr); });
}

}  // namespace lockstep::run
