#include "harness/run/slot.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "harness/model/fault.hpp"
#include "harness/run/control_group.hpp"
#include "harness/run/leftovers.hpp"

namespace lockstep::run {

namespace {

std::string lock_folder() {
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  std::string folder = "/tmp/lockstep-" + std::to_string(geteuid());
  if (geteuid() == 0)
    folder = "/run/lockstep";
  else if (runtime != nullptr && access(runtime, W_OK) == 0)
    folder = std::string(runtime) + "/lockstep";
  mkdir(folder.c_str(), 0700);
  struct stat info {};
  if (lstat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != geteuid())
    throw model::Fault(folder + " is not a folder of ours");
  return folder;
}

std::string temporary_prefix(const Slot& slot) { return slot.name() + "-"; }

void sweep(const Slot& slot) {
  remove_orphaned_boxes();
  if (slot.uid != 0) remove_leftovers(slot.uid);  // only root can tell by the user; elsewhere the kernel has killed them with their parent
  remove_control_groups(slot.name());
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/tmp", error)) {
    struct stat info {};
    const bool ours = entry.path().filename().string().starts_with(temporary_prefix(slot)) && lstat(entry.path().c_str(), &info) == 0 &&
                      S_ISDIR(info.st_mode) && (info.st_uid == geteuid() || (slot.uid != 0 && info.st_uid == slot.uid));
    if (ours) std::filesystem::remove_all(entry.path(), error);  // does not follow links
  }
}

}  // namespace

SlotPool::SlotPool(int count) {
  const std::string folder = lock_folder();
  for (int number = 0; number <= last_slot && static_cast<int>(slots_.size()) < count; ++number) {
    // What a slot's user owns is swept away, so it must be nobody's.
    const uid_t uid = geteuid() == 0 ? first_slot_uid + static_cast<uid_t>(number) : 0;
    if (uid != 0 && getpwuid(uid) != nullptr) continue;
    Descriptor lock(open((folder + "/slot-" + std::to_string(number)).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock) fail_with_errno(folder);
    if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) continue;
    slots_.push_back({number, uid, std::move(lock)});
    sweep(slots_.back());
  }
  if (static_cast<int>(slots_.size()) < count) throw model::Fault("no free slots: too many lockstep processes on this machine");
  for (Slot& slot : slots_) free_.push_back(&slot);
}

SlotPool::Lease SlotPool::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return !free_.empty(); });
  Slot& slot = *free_.back();
  free_.pop_back();
  return {*this, slot};
}

SlotPool::Lease::~Lease() {
  const std::lock_guard lock(pool_.mutex_);
  pool_.free_.push_back(&slot_);
  pool_.returned_.notify_one();
}

PrivateFolder::PrivateFolder(const Slot& slot) : path_("/tmp/" + temporary_prefix(slot) + "XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) fail_with_errno("mkdtemp");
  if (slot.uid != 0 && lchown(path_.c_str(), slot.uid, slot.uid) != 0) fail_with_errno("chown " + path_);
}

PrivateFolder::~PrivateFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

}  // namespace lockstep::run
