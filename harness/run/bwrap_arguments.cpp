#include "harness/run/bwrap_arguments.hpp"

#include <algorithm>
#include <filesystem>

#include "harness/model/fault.hpp"

namespace lockstep::run {

std::uint64_t shared_memory_bytes(int ranks) {
  return std::max<std::uint64_t>(64, 16 + 8 * static_cast<std::uint64_t>(std::max(ranks, 0))) << 20;
}

std::vector<std::string> shown_etc() {
  std::vector<std::string> found;
  for (const char* name : {"ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "nsswitch.conf", "host.conf", "openmpi", "pmix",
                           "openmpi-mca-params.conf", "libibverbs.d", "localtime", "protocols", "services"})
    if (std::error_code error; std::filesystem::exists(std::filesystem::path("/etc") / name, error)) found.push_back(name);
  return found;
}

std::vector<std::string> bwrap_arguments(const Command& command, const BoxShape& shape) {
  std::vector<std::string> words;
  const auto add = [&words](std::initializer_list<std::string> more) { words.insert(words.end(), more); };
  const auto sized_tmpfs = [&](const char* mode, std::uint64_t bytes, std::string path) {
    add({"--perms", mode, "--size", std::to_string(bytes), "--tmpfs", std::move(path)});
  };

  add({"--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "box"});
  add({"--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL"});
  if (shape.user_namespace)
    add({"--unshare-user", "--disable-userns"});
  else
    add({"--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"});  // to become another user; both are gone afterwards

  add({"--ro-bind", "/usr", "/usr"});
  for (const char* folder : {"bin", "sbin", "lib", "lib32", "lib64", "libx32"}) {
    std::error_code error;
    const std::filesystem::path outside = std::filesystem::path("/") / folder;
    if (std::filesystem::is_symlink(outside, error))
      add({"--symlink", std::filesystem::read_symlink(outside, error).string(), outside.string()});
    else if (std::filesystem::is_directory(outside, error))
      add({"--ro-bind", outside.string(), outside.string()});
  }
  // Folders that bubblewrap would make on the way are closed to everybody but their owner, and the program is not.
  const auto add_folder = [&](const std::string& folder) { add({"--perms", "0755", "--dir", folder}); };
  add_folder("/etc");
  for (const std::string& name : shape.etc) add({"--ro-bind", "/etc/" + name, "/etc/" + name});
  add({"--perms", "0644", "--ro-bind-data", std::to_string(shape.passwd_fd), "/etc/passwd"});
  add({"--perms", "0644", "--ro-bind-data", std::to_string(shape.group_fd), "/etc/group"});

  add({"--proc", "/proc", "--dev", "/dev"});
  sized_tmpfs("1777", shared_memory_bytes(command.ranks), "/dev/shm");
  add({"--remount-ro", "/dev"});
  if (command.ranks > 0) add({"--ro-bind-try", "/sys/devices/system", "/sys/devices/system"});  // hwloc looks for the processors
  sized_tmpfs("1777", command.limits.file_bytes, "/tmp");
  sized_tmpfs("1777", 1 << 20, std::string(box_folder));
  add({"--ro-bind", shape.box_init, std::string(box_init_inside)});
  for (const Mount& mount : command.mounts) {
    if (mount.inside.empty() || mount.inside[0] != '/' || mount.inside == "/" || mount.inside == box_folder ||
        mount.inside.starts_with(std::string(box_folder) + "/"))
      throw model::Fault("a box cannot show " + mount.outside + " as " + mount.inside);
    for (auto end = mount.inside.find('/', 1); end != std::string::npos; end = mount.inside.find('/', end + 1))
      add_folder(mount.inside.substr(0, end));
    add({mount.writable ? "--bind" : "--ro-bind", mount.outside, mount.inside});
  }
  add({"--remount-ro", "/"});
  add({"--", std::string(box_init_inside)});
  return words;
}

}  // namespace lockstep::run
