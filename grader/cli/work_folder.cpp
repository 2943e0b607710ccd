#include "grader/cli/work_folder.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "harness/model/fault.hpp"

namespace lockstep::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* prefix = "lockstep-work-";

int locked(const fs::path& folder) {  // -1: it cannot be, or somebody else has
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  close(descriptor);
  return -1;
}

void remove_abandoned(const fs::path& among) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(among, error)) {
    struct stat info {};
    if (!entry.path().filename().native().starts_with(prefix) || lstat(entry.path().c_str(), &info) != 0 || info.st_uid != geteuid()) continue;
    const int lock = locked(entry.path());
    if (lock < 0) continue;
    fs::remove_all(entry.path(), error);
    close(lock);
  }
}

}  // namespace

WorkFolder::WorkFolder() {
  const fs::path among = fs::temp_directory_path();
  remove_abandoned(among);
  std::string made = (among / ".lockstep-XXXXXX").string();
  if (mkdtemp(made.data()) == nullptr) throw model::Fault("cannot make a work folder " + made + ": " + std::strerror(errno));
  // Readable for the users that boxes run as; what is secret lies in folders of its own that no box mounts.
  fs::permissions(made, fs::perms(0755));
  lock_ = locked(made);
  path_ = among / (prefix + made.substr(made.size() - 6));
  fs::rename(made, path_);
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  if (lock_ >= 0) close(lock_);
}

}  // namespace lockstep::cli
