#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "harness/run/box_init/roles.hpp"
#include "harness/run/box_init/wire.hpp"

namespace lockstep::run {

namespace {

bool open_as(const std::string& path, int flags, int wanted) {
  const int fd = open(path.c_str(), flags);
  if (fd < 0) return false;
  if (fd == wanted) return true;
  const bool moved = dup2(fd, wanted) == wanted;
  close(fd);
  return moved;
}

}  // namespace

int become_rank(const char* folder, char** argv) {
  const std::string at = folder;
  // lockstep holds the other ends open for the whole run, so neither call waits.
  if (!open_as(at + "/channel", O_WRONLY, wire::channel_fd) || !open_as(at + "/token", O_RDONLY, wire::token_fd)) {
    std::perror("box_init --rank: channel");
    return 1;
  }
  execv(argv[0], argv);
  std::perror(argv[0]);
  return 127;
}

}  // namespace lockstep::run
