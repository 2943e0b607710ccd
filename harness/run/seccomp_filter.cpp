// A deny-list: what crosses the walls that namespaces leave open (key rings, perf, bpf, vsock), what lets a program look into the first
// process of its box, and what would give it namespaces of its own. An allow-list would need care with every release of Open MPI and of
// the sanitizers, which use about a hundred calls.
#include "harness/run/seccomp_filter.hpp"

#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <mutex>

#include "harness/model/fault.hpp"
#include "harness/run/descriptor.hpp"

namespace lockstep::run {

namespace {

constexpr const char* refused[] = {
    "keyctl",
    "add_key",
    "request_key",  // shared by all boxes of a user
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsmount",
    "fsconfig",
    "fspick",
    "mount_setattr",
    "unshare",
    "setns",
    "pidfd_getfd",
    "process_madvise",
    "kcmp",
    "process_vm_writev",
    "init_module",
    "finit_module",
    "delete_module",
    "kexec_load",
    "kexec_file_load",
    "reboot",
    "swapon",
    "swapoff",
    "acct",
    "quotactl",
    "syslog",
    "settimeofday",
    "clock_settime",
    "clock_adjtime",
    "adjtimex",
    "name_to_handle_at",
    "open_by_handle_at",
    "fanotify_init",
    "vmsplice",
    "move_pages",
    "migrate_pages",
    "sched_setscheduler",
    "sched_setattr",
    "setpriority",
    "ioprio_set",
    "modify_ldt",
    "iopl",
    "ioperm",
    "mlockall",
    "vhangup",
    "lookup_dcookie",
    "nfsservctl",
    "uselib",
    "ustat",
};

constexpr std::uint64_t new_namespaces[] = {CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP};

void check(int result) {
  if (result < 0) throw model::Fault("seccomp filter: error " + std::to_string(-result));
}

std::string build(const FilterOptions& options) {
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ALLOW), seccomp_release);
  if (!filter) throw model::Fault("seccomp_init failed");
  const auto refuse = [&](const char* name, int error) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number != __NR_SCMP_ERROR) check(seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(error), number, 0));
  };
  for (const char* name : refused) refuse(name, EPERM);
  if (!options.may_ptrace) refuse("ptrace", EPERM), refuse("process_vm_readv", EPERM);
  refuse("clone3", ENOSYS);  // its flags are behind a pointer; the C library then uses clone
  for (const std::uint64_t flag : new_namespaces)
    check(seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag)));
  const auto refuse_family = [&](scmp_compare compare, std::uint64_t family) {
    for (const int call : {SCMP_SYS(socket), SCMP_SYS(socketpair)})
      check(seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EAFNOSUPPORT), call, 1, scmp_arg_cmp{0, compare, family, 0}));
  };
  refuse_family(SCMP_CMP_GT, AF_INET6);
  for (std::uint64_t family = AF_INET + 1; family < AF_INET6; ++family) refuse_family(SCMP_CMP_EQ, family);
  refuse_family(SCMP_CMP_EQ, AF_UNSPEC);
  if (options.deny_network) refuse_family(SCMP_CMP_EQ, AF_INET), refuse_family(SCMP_CMP_EQ, AF_INET6);
  for (const std::uint64_t request : {std::uint64_t{TIOCSTI}, std::uint64_t{0x541C /* TIOCLINUX */}})
    check(seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffffu, request)));
  if (!options.may_ptrace)  // whoever has made himself unreadable stays so; becoming it remains possible
    check(seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prctl), 2, SCMP_A0(SCMP_CMP_EQ, PR_SET_DUMPABLE),
                           SCMP_A1(SCMP_CMP_NE, 0)));

  const Descriptor file(memfd_create("filter", MFD_CLOEXEC));
  if (!file) fail_with_errno("memfd_create");
  check(seccomp_export_bpf(filter.get(), file.get()));
  std::string program(static_cast<std::size_t>(lseek(file.get(), 0, SEEK_END)), '\0');
  if (pread(file.get(), program.data(), program.size(), 0) != static_cast<ssize_t>(program.size())) fail_with_errno("seccomp filter");
  return program;
}

}  // namespace

const std::string& seccomp_filter(const FilterOptions& options) {
  static std::mutex mutex;
  static std::array<std::string, 4> cache;
  const std::lock_guard lock(mutex);
  std::string& program = cache[(options.may_ptrace ? 1u : 0u) + (options.deny_network ? 2u : 0u)];
  if (program.empty()) program = build(options);
  return program;
}

}  // namespace lockstep::run
