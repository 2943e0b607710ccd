// The canary. Each line on stdout says what came of one attempt: "name yes|no errno". Judged outside, where it is known what each should be.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "harness/run/box_init/roles.hpp"

namespace lockstep::run {

namespace {

void say(const char* name, bool worked) { std::printf("%s %s %d\n", name, worked ? "yes" : "no", worked ? 0 : errno); }

bool connects(const char* address) {  // a datagram socket: connecting asks the routing table and sends nothing
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_port = htons(9);
  inet_pton(AF_INET, address, &peer.sin_addr);
  const bool worked = fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&peer), sizeof peer) == 0;
  const int error = errno;
  if (fd >= 0) close(fd);
  errno = error;
  return worked;
}

bool writes(const char* path) {
  const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (fd < 0) return false;
  close(fd);
  unlink(path);
  return true;
}

}  // namespace

int probe_box() {
  say("loopback", connects("127.0.0.1"));
  say("network", connects("192.0.2.1"));  // TEST-NET-1, RFC 5737
  say("writes_system", writes("/usr/.lockstep-probe") || writes("/.lockstep-probe"));
  say("writes_tmp", writes("/tmp/.lockstep-probe"));
  say("sees_home", access("/home", F_OK) == 0 || access("/root", F_OK) == 0);
  const int shm = shm_open("/lockstep-probe", O_RDWR | O_CREAT, 0600);
  say("shared_memory", shm >= 0);
  if (shm >= 0) close(shm), shm_unlink("/lockstep-probe");
  say("sees_init", getppid() == 1);  // our parent is the first process of the box
  say("is_root", geteuid() == 0);
  say("no_new_privileges", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
  say("unshares", unshare(CLONE_NEWUSER) == 0);
  say("ptrace", ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0);
  say("fixed_addresses", personality(ADDR_NO_RANDOMIZE) >= 0);
  return 0;
}

}  // namespace lockstep::run
