#include "harness/catalog/source_file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "harness/catalog/names.hpp"

namespace lockstep::catalog {

namespace {

std::string kind_of(mode_t mode) {
  if (S_ISLNK(mode)) return "is a symbolic link";
  if (S_ISDIR(mode)) return "is a folder";
  if (S_ISFIFO(mode)) return "is a named pipe";
  if (S_ISSOCK(mode)) return "is a socket";
  return "is a device";
}

Contents defect(std::string text) { return {std::nullopt, std::move(text)}; }

std::string reason_of(int error) {
  if (error == ENOENT) return "is missing";
  if (error == ELOOP) return "is a symbolic link";
  if (error == EACCES || error == EPERM) return "cannot be read: permission denied";
  return std::string("cannot be read: ") + std::strerror(error);
}

std::string too_big(off_t size) {
  return "is too big: " + std::to_string(size) + " bytes, and at most " + std::to_string(most_source_bytes) + " are accepted";
}

}  // namespace

Folder Folder::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return {descriptor, descriptor < 0 ? errno : 0};
}

Folder Folder::open_below(const std::string& name) const {
  const int descriptor = ::openat(descriptor_, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  return {descriptor, descriptor < 0 ? errno : 0};
}

Folder::Folder(Folder&& other) noexcept : descriptor_(other.descriptor_), error_(other.error_) { other.descriptor_ = -1; }

Folder::~Folder() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Folder::is_same(const Folder& other) const {
  struct stat mine {
  }, others{};
  return ::fstat(descriptor_, &mine) == 0 && ::fstat(other.descriptor_, &others) == 0 && mine.st_dev == others.st_dev &&
         mine.st_ino == others.st_ino;
}

std::vector<Folder::Entry> Folder::entries(std::size_t most) const {
  std::vector<Entry> found;
  const int own = ::openat(descriptor_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);  // fdopendir takes it over, with a position of its own
  DIR* listing = own < 0 ? nullptr : ::fdopendir(own);
  if (listing == nullptr) {
    if (own >= 0) ::close(own);
    return found;
  }
  while (const dirent* entry = ::readdir(listing)) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (found.size() == most) break;
    struct stat status {};
    const bool known = ::fstatat(descriptor_, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    found.push_back({name, !known ? Kind::other : S_ISREG(status.st_mode) ? Kind::file : S_ISDIR(status.st_mode) ? Kind::folder : Kind::other});
  }
  ::closedir(listing);
  std::sort(found.begin(), found.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return found;
}

Contents read_file(const Folder& folder, const std::string& name) {
  struct stat status {};
  // Looked at before it is opened: opening a device can already do something.
  if (::fstatat(folder.descriptor(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return defect(reason_of(errno));
  if (!S_ISREG(status.st_mode)) return defect(kind_of(status.st_mode));
  const int descriptor = ::openat(folder.descriptor(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) return defect(reason_of(errno));
  const struct Close {
    int descriptor;
    ~Close() { ::close(descriptor); }
  } close_at_end{descriptor};
  // Looked at again: the name may lead to something else by now.
  if (::fstat(descriptor, &status) != 0) return defect(reason_of(errno));
  if (!S_ISREG(status.st_mode)) return defect(kind_of(status.st_mode));
  if (status.st_size > static_cast<off_t>(most_source_bytes)) return defect(too_big(status.st_size));

  std::string bytes(most_source_bytes + 1, '\0');  // one more, to see a file that grows while it is read
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::read(descriptor, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return defect(reason_of(errno));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > most_source_bytes) return defect(too_big(static_cast<off_t>(size)));
  bytes.resize(size);
  bytes.shrink_to_fit();
  return {std::move(bytes), ""};
}

std::string defect_of_source(const std::string& bytes) {
  if (bytes.find_first_not_of(" \t\r\n") == std::string::npos) return "is empty";
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return "is stored as UTF-16; store it as UTF-8";
  const std::size_t nul = bytes.find('\0');
  if (nul != std::string::npos)
    return "has a NUL byte in line " + std::to_string(1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(nul), '\n'));
  if (const std::size_t line = first_line_not_utf8(bytes); line != 0)
    return "is not UTF-8: line " + std::to_string(line) + " holds a byte that belongs to no character; store the file as UTF-8";
  return "";
}

}  // namespace lockstep::catalog
