#include "grader/cli/file_output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "harness/model/fault.hpp"

namespace lockstep::cli {
namespace {

[[noreturn]] void refuse(const std::string& doing, const std::filesystem::path& file, int error) {
  throw model::UsageError("cannot " + doing + " " + file.string() + ": " + std::strerror(error));
}

}  // namespace

void write_whole(const std::filesystem::path& file, const std::string& text) {
  std::error_code error;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
  if (error) refuse("make the folder", file.parent_path(), error.value());
  const std::filesystem::path partial = file.parent_path() / ("." + file.filename().string() + "." + std::to_string(getpid()));
  const int descriptor = open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) refuse("write", file, errno);
  int failure = 0;
  for (std::size_t written = 0; failure == 0 && written < text.size();) {
    const ssize_t n = write(descriptor, text.data() + written, text.size() - written);
    if (n < 0 && errno != EINTR) failure = errno;
    if (n > 0) written += static_cast<std::size_t>(n);
  }
  if (failure == 0 && fsync(descriptor) != 0) failure = errno;
  if (close(descriptor) != 0 && failure == 0) failure = errno;
  if (failure == 0 && rename(partial.c_str(), file.c_str()) != 0) failure = errno;
  if (failure != 0) {
    unlink(partial.c_str());
    refuse("write", file, failure);
  }
}

void require_writable(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) refuse("make the folder", folder, error.value());
  if (access(folder.c_str(), W_OK | X_OK) != 0) refuse("write to the folder", folder, errno);
}

std::string read_whole(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) refuse("read", file, EISDIR);
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse("read", file, errno != 0 ? errno : ENOENT);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace lockstep::cli
