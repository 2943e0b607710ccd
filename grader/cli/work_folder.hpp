// Where one call of lockstep works: a folder of its own among the temporary files, gone at the end.
#pragma once

#include <filesystem>

namespace lockstep::cli {

// Theory of operation. A lock on the folder is held while it is in use, and goes with its process however that ends: so the next call knows what
// a killed one has left, and removes it. The folder gets its name only once it is locked.
class WorkFolder {
 public:
  WorkFolder();  // throws model::Fault
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace lockstep::cli
