#include "harness/build/object_cache.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "harness/build/digest.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void unusable(const fs::path& folder, const std::string& reason) {
  throw model::UsageError("the cache folder " + folder.string() + " cannot be used: " + reason + "; mend that, or name another with LOCKSTEP_CACHE");
}

class FileLock {
 public:
  FileLock(const fs::path& file, const fs::path& folder) : descriptor_(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) unusable(folder, std::strerror(errno));
    while (flock(descriptor_, LOCK_EX) != 0)
      if (errno != EINTR) {
        close(descriptor_);
        unusable(folder, std::strerror(errno));
      }
  }
  ~FileLock() { close(descriptor_); }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

std::string temporary_name() {
  static std::atomic<unsigned> counter{0};
  return "making-" + std::to_string(getpid()) + "-" + std::to_string(counter++);
}

// Changes with every write to the file; empty if there is none. The time of the last status change cannot be set back.
std::string state_of(const fs::path& file) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) return {};
  std::ostringstream state;
  state << status.st_ino << ',' << status.st_size << ',' << status.st_mtim.tv_sec << '.' << status.st_mtim.tv_nsec << ',' << status.st_ctim.tv_sec << '.'
        << status.st_ctim.tv_nsec;
  return state.str();
}

std::string to_stand_in(const fs::path& file, const ObjectCache::Roots& roots) {
  const std::string path = file.lexically_normal();
  for (const auto& [name, root] : roots) {
    const std::string prefix = root.lexically_normal().string() + "/";
    if (path.starts_with(prefix)) return name + "/" + path.substr(prefix.size());
  }
  return path;
}

fs::path from_stand_in(const std::string& text, const ObjectCache::Roots& roots) {
  for (const auto& [name, root] : roots)
    if (text.starts_with(name + "/")) return root / text.substr(name.size() + 1);
  return text;
}

void write_whole(const fs::path& file, const std::string& text, const fs::path& folder) {
  const fs::path temporary = file.parent_path() / temporary_name();
  std::ofstream out(temporary, std::ios::binary);
  out << text;
  out.close();
  std::error_code error;
  if (!out) {
    const std::string reason = std::strerror(errno);
    fs::remove(temporary, error);
    unusable(folder, reason);
  }
  fs::rename(temporary, file, error);
  if (error) unusable(folder, error.message());
}

}  // namespace

ObjectCache::ObjectCache(Path folder) : folder_(std::move(folder)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) unusable(folder_, error.message());
  folder_ = fs::canonical(folder_, error);
  if (error) unusable(folder_, error.message());
  fs::permissions(folder_, fs::perms(0755), fs::perm_options::add, error);  // boxes read here as another user, whatever the umask is
  // Whoever can write here decides what grades. (/tmp may be where it lies, and there anybody can be first.)
  struct stat status {};
  if (stat(folder_.c_str(), &status) != 0) unusable(folder_, std::strerror(errno));
  if (status.st_uid != geteuid() && status.st_uid != 0) unusable(folder_, "it belongs to another user");
  if ((status.st_mode & S_IWOTH) != 0) unusable(folder_, "everybody may write into it");
  const fs::path probe = folder_ / temporary_name();
  write_whole(probe, "x", folder_);
  fs::remove(probe, error);
}

std::optional<std::string> ObjectCache::hash_of(const Path& file) {
  const std::string state = state_of(file);
  if (state.empty()) return std::nullopt;
  {
    const std::lock_guard lock(mutex_);
    const auto known = hashes_.find(file.string());
    if (known != hashes_.end() && known->second.first == state) return known->second.second;
  }
  const std::optional<std::string> hash = sha256_of_file(file);
  if (!hash) return std::nullopt;
  const std::lock_guard lock(mutex_);
  hashes_[file.string()] = {state, *hash};
  return hash;
}

// An entry: "product <name> <hash> <state>", then "reads <hash> <file>" per header, then "end": one that was cut short says nothing.
std::optional<ObjectCache::Path> ObjectCache::find(const std::string& recipe, const Roots& roots) {
  std::ifstream entry(folder_ / (recipe + ".entry"));
  std::string word, name, hash, state;
  if (!(entry >> word >> name >> hash >> state) || word != "product") return std::nullopt;
  const Path product = folder_ / name;
  std::string header_hash, header;
  while (entry >> word && word == "reads") {
    if (!(entry >> header_hash) || !std::getline(entry.ignore(1), header)) return std::nullopt;
    if (hash_of(from_stand_in(header, roots)) != header_hash) return std::nullopt;
  }
  if (word != "end") return std::nullopt;
  // Precompiled headers are large; one that nobody has touched since it was put here is not read again.
  if (state_of(product) != state && hash_of(product) != hash) return std::nullopt;
  return product;
}

ObjectCache::Path ObjectCache::get(const std::string& recipe, const Roots& roots, const std::string& suffix, const Make& make) {
  if (const auto found = find(recipe, roots)) return *found;
  const FileLock lock(folder_ / (recipe + ".lock"), folder_);
  if (const auto found = find(recipe, roots)) return *found;  // somebody else made it meanwhile

  const Path temporary = folder_ / (temporary_name() + suffix);
  struct Remove {
    const Path& file;
    ~Remove() {
      std::error_code ignored;
      fs::remove(file, ignored);
    }
  } remove{temporary};
  const std::vector<Path> read = make(temporary);
  std::string reads;
  for (const Path& header : read)
    if (const auto hash = hash_of(header)) reads += "reads " + *hash + " " + to_stand_in(header, roots) + "\n";
  const std::optional<std::string> hash = sha256_of_file(temporary);
  if (!hash) unusable(folder_, "what was written there cannot be read");
  const std::string name = recipe.substr(0, 32) + "-" + sha256(reads + *hash).substr(0, 16) + suffix;
  std::error_code error;
  fs::permissions(temporary, fs::perms(0644) | (fs::status(temporary).permissions() & fs::perms(0111)), error);
  fs::rename(temporary, folder_ / name, error);
  if (error) unusable(folder_, error.message());
  write_whole(folder_ / (recipe + ".entry"), "product " + name + " " + *hash + " " + state_of(folder_ / name) + "\n" + reads + "end\n", folder_);
  return folder_ / name;
}

std::string ObjectCache::get_text(const std::string& recipe, const std::function<std::string()>& make) {
  const Path file = get(recipe, {}, ".txt", [&](const Path& product) {
    write_whole(product, make(), folder_);
    return std::vector<Path>();
  });
  const std::optional<std::string> text = read_file(file);
  if (!text) unusable(folder_, "what was written there cannot be read");
  return *text;
}

std::vector<std::filesystem::path> parse_dependencies(std::string_view rule) {
  std::vector<std::filesystem::path> files;
  const std::size_t colon = rule.find(": ");
  if (colon == std::string_view::npos) return files;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) files.emplace_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = colon + 2; i < rule.size(); ++i) {
    const char next = i + 1 < rule.size() ? rule[i + 1] : '\0';
    if (rule[i] == '\\' && next == '\n') finish(), ++i;
    else if (rule[i] == '\\' && (next == ' ' || next == '#')) word += rule[++i];
    else if (rule[i] == '$' && next == '$') word += rule[++i];
    else if (rule[i] == '\n') break;  // phony rules may follow
    else if (rule[i] == ' ') finish();
    else word += rule[i];
  }
  finish();
  if (!files.empty()) files.erase(files.begin());
  return files;
}

}  // namespace lockstep::build
