// Reads files that a student controls. Nothing is opened by a path that a link could bend: a folder is held as a descriptor and each name is
// opened below it without following links and without waiting (a fifo). What is not a regular file is never opened, what is too big is never
// read.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::catalog {

inline constexpr std::size_t most_source_bytes = 1024 * 1024;

// An open folder. Empty if it could not be opened; then `error` is the errno.
class Folder {
 public:
  static Folder open(const std::filesystem::path& path);  // follows links: a path that the user of the command typed
  Folder open_below(const std::string& name) const;       // follows none
  Folder(Folder&& other) noexcept;
  Folder& operator=(Folder&&) = delete;
  ~Folder();

  bool is_open() const { return descriptor_ >= 0; }
  int error() const { return error_; }
  int descriptor() const { return descriptor_; }
  bool is_same(const Folder& other) const;  // the same folder, whatever the paths were

  enum class Kind { file, folder, other };
  struct Entry {
    std::string name;
    Kind kind = Kind::other;
  };
  // Sorted by name, without "." and "..". Reads at most `most` entries.
  std::vector<Entry> entries(std::size_t most) const;

 private:
  Folder(int descriptor, int error) : descriptor_(descriptor), error_(error) {}
  int descriptor_;
  int error_;
};

// Contents of a regular file, or why there are none: "is a symbolic link", "is missing", ... Exactly one of both.
struct Contents {
  std::optional<std::string> bytes;
  std::string defect;
};

// `name` is one component. At most most_source_bytes are read.
Contents read_file(const Folder& folder, const std::string& name);

// Why these bytes cannot be graded as C++ source ("is empty", "line 7 is not UTF-8"), or nothing.
std::string defect_of_source(const std::string& bytes);

}  // namespace lockstep::catalog
