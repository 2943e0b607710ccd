// Products of our own sources, kept by content.
//
// Theory of operation. A product is named by a recipe: a hash over everything that is known before it is made (toolchain, flags, the source's own bytes). What is known only
// afterwards, the headers that were read, stands in the recipe's entry file, each with its hash; so an entry is valid as long as all its headers are unchanged.
// The product's own name holds both hashes and never changes its contents, so a reader needs no lock. Makers of the same recipe, threads and processes alike, queue on a
// lock file (flock(2)); the kernel releases it when a maker dies. Entry and product appear by rename(2): they are whole or absent.
// The entry also holds the product's hash: what a disk or a hand has changed is made again.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lockstep::build {

class ObjectCache {
 public:
  using Path = std::filesystem::path;

  // Makes the folder. Throws model::UsageError if it cannot be written.
  explicit ObjectCache(Path folder);

  // Stand-ins for folders that differ from one checkout or grading to the next ("@exercise"), longest path first where they nest.
  using Roots = std::vector<std::pair<std::string, Path>>;

  // Writes the product to the given file and returns the files that it was made from, besides those that the recipe names.
  using Make = std::function<std::vector<Path>(const Path& product)>;

  // The product's path. `suffix` ends its name (".o").
  // Throws what `make` throws, and model::UsageError if the cache is full or read-only.
  Path get(const std::string& recipe, const Roots& roots, const std::string& suffix, const Make& make);

  // A short text instead of a file.
  std::string get_text(const std::string& recipe, const std::function<std::string()>& make);

  const Path& folder() const { return folder_; }

 private:
  std::optional<Path> find(const std::string& recipe, const Roots& roots);
  std::optional<std::string> hash_of(const Path& file);

  Path folder_;
  std::mutex mutex_;
  std::map<std::string, std::pair<std::string, std::string>> hashes_;  // path -> (size and times, hash)
};

// The files that a make rule depends on, as -MMD writes it, without the first (the source itself). Pure.
std::vector<std::filesystem::path> parse_dependencies(std::string_view rule);

}  // namespace lockstep::build
