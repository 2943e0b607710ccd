#include "harness/run/box.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "harness/model/fault.hpp"
#include "harness/run/bwrap_arguments.hpp"
#include "harness/run/mpirun_command.hpp"
#include "harness/run/outside_paths.hpp"
#include "harness/run/seccomp_filter.hpp"
#include "harness/run/spawn.hpp"

namespace lockstep::run {

namespace {

constexpr const char* bubblewrap = "/usr/bin/bwrap";

Descriptor watch_process(pid_t pid) {
  Descriptor watch(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  if (!watch) fail_with_errno("pidfd_open");
  return watch;
}

std::string joined_with_nul(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (word.find('\0') != std::string::npos) throw model::Fault("a NUL byte in a command: " + word.substr(0, word.find('\0')));
    text.append(word).push_back('\0');
  }
  return text;
}

std::string make_plan(const Command& command, Confinement confinement, uid_t uid, const std::string& fifos) {
  const bool boxed = confinement != Confinement::none;
  wire::PlanHeader header;
  header.uid = command.trusted || confinement == Confinement::user_namespaces ? 0 : uid;
  header.flags = (command.fixed_addresses ? wire::fixed_addresses : 0u) | (command.channel && command.ranks == 0 ? wire::has_channel : 0u) |
                 (command.ranks > 0 ? wire::rank_fifos : 0u) | (boxed || header.uid != 0 ? wire::own_everyone : 0u);
  // Some more than allowed, so that who goes over the limit is seen and named, and only then refused by the kernel. Without a user or a
  // namespace of its own the kernel would count every process of ours.
  header.tasks = boxed || header.uid != 0 ? command.limits.tasks + 16 : 0;
  header.file_bytes = command.limits.file_bytes;
  // The kernel counts ticks here, which on a busy machine can be a tenth ahead of the time that the supervision goes by.
  header.cpu_seconds = 2 * static_cast<std::uint64_t>(command.limits.cpu.count()) / 1000 + 3;
  std::string filter;
  if (!command.trusted) filter = seccomp_filter({.may_ptrace = command.may_ptrace, .deny_network = !boxed && command.ranks == 0});
  header.filter_bytes = static_cast<std::uint32_t>(filter.size());
  header.argument_count = static_cast<std::uint32_t>(command.argv.size());
  header.environment_count = static_cast<std::uint32_t>(command.env.size());
  std::string plan(reinterpret_cast<const char*>(&header), sizeof header);
  return plan + filter + joined_with_nul({command.workdir, fifos}) + joined_with_nul(command.argv) + joined_with_nul(command.env);
}

}  // namespace

LentFolders::LentFolders(const std::vector<Mount>& mounts, uid_t uid) {
  for (const Mount& mount : mounts) {
    if (!mount.writable || uid == 0) continue;
    Descriptor folder(open(mount.outside.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat info {};
    if (!folder || fstat(folder.get(), &info) != 0 || fchown(folder.get(), uid, uid) != 0) fail_with_errno("cannot lend " + mount.outside);
    lent_.push_back({std::move(folder), info.st_uid, info.st_gid});
  }
}

LentFolders::~LentFolders() {
  for (const Lent& lent : lent_) (void)!fchown(lent.folder.get(), lent.uid, lent.gid);
}

Box::Box(const Command& command, Confinement confinement, const Slot& slot, const std::string& box_init) {
  if (command.argv.empty()) throw model::Fault("a command without a program");
  const bool boxed = confinement != Confinement::none;
  if (!boxed && (!command.trusted || command.ranks > 0)) folder_.emplace(slot);
  if (confinement != Confinement::user_namespaces && !command.trusted) lent_.emplace(command.mounts, slot.uid);

  Command program = boxed ? command : with_outside_paths(command, folder_ ? folder_->path() : "");
  const std::string fifos = boxed ? std::string(box_folder) : folder_ ? folder_->path() : "";
  if (program.ranks > 0) {
    RankLaunch launch =
        mpirun_command(program.ranks, program.argv, boxed ? std::string(box_init_inside) : box_init, fifos, boxed ? "/tmp" : folder_->path());
    program.argv = std::move(launch.argv);
    program.env.insert(program.env.end(), launch.env.begin(), launch.env.end());
  }
  start_channel(program);
  const Descriptor plan = make_memory_file("plan", make_plan(program, confinement, slot.uid, fifos));
  Pipe control = make_control_sockets();
  launch(command, confinement, confinement == Confinement::root_namespaces ? slot.uid : geteuid(), box_init, plan, control);
  launcher_watch_ = watch_process(launcher_);
  control_ = std::move(control.reader);
  control.writer.reset();
  for (Descriptor* end : {&program_out_, &program_err_, &program_channel_, &program_token_}) end->reset();
  try {
    wait_until_ready();
    if (command.ranks > 0) open_fifos(boxed ? "/proc/" + std::to_string(init_) + "/root" + fifos : fifos, command.ranks);
  } catch (...) {
    kill_at_once();
    wait_for_launcher();
    throw;
  }
}

Box::~Box() {
  if (launcher_ == 0) return;
  kill_at_once();
  wait_for_launcher();
}

void Box::start_channel(const Command& command) {
  const auto make = [](Descriptor& ours, Descriptor& theirs) {
    Pipe pipe = make_pipe();
    ours = std::move(pipe.reader);
    theirs = std::move(pipe.writer);
    fcntl(ours.get(), F_SETFL, O_NONBLOCK);
  };
  make(out_, program_out_);
  make(err_, program_err_);
  if (!command.channel && command.ranks == 0) return;
  token_.resize(16);
  if (getrandom(token_.data(), token_.size(), 0) != static_cast<ssize_t>(token_.size())) fail_with_errno("getrandom");
  if (command.ranks > 0) return;
  make(channel_, program_channel_);
  Pipe token = make_pipe();
  if (write(token.writer.get(), token_.data(), token_.size()) != static_cast<ssize_t>(token_.size())) fail_with_errno("token");
  program_token_ = std::move(token.reader);
}

void Box::launch(const Command& command, Confinement confinement, uid_t box_uid, const std::string& box_init, const Descriptor& plan,
                 const Pipe& control) {
  const Descriptor null(open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null) fail_with_errno("/dev/null");
  Spawn what{.executable = box_init,
             .arguments = {},
             .descriptors = {{0, null.get()},
                             {1, program_out_.get()},
                             {2, program_err_.get()},
                             {wire::control_fd, control.writer.get()},
                             {wire::plan_fd, plan.get()}}};
  if (program_channel_) {
    what.descriptors.push_back({wire::channel_fd, program_channel_.get()});
    what.descriptors.push_back({wire::token_fd, program_token_.get()});
  }
  Descriptor passwd, group, arguments;
  if (confinement != Confinement::none) {
    if (access(bubblewrap, X_OK) != 0) throw model::Fault(std::string(bubblewrap) + " is missing (package bubblewrap)");
    constexpr int passwd_fd = 5, group_fd = 6, arguments_fd = 7;
    const std::string id = std::to_string(box_uid);
    passwd = make_memory_file("passwd", "root:x:0:0::/:/bin/false\nstudent:x:" + id + ":" + id + "::/tmp:/bin/sh\n");
    group = make_memory_file("group", "root:x:0:\nstudents:x:" + id + ":\n");
    const BoxShape shape{confinement == Confinement::user_namespaces, box_init, passwd_fd, group_fd, shown_etc()};
    std::vector<std::string> words = bwrap_arguments(command, shape);
    // The program and what follows it cannot come through the descriptor.
    const std::vector<std::string> tail(words.end() - 2, words.end());
    words.resize(words.size() - 2);
    arguments = make_memory_file("arguments", joined_with_nul(words));
    what.executable = bubblewrap;
    what.arguments = {"--args", std::to_string(arguments_fd)};
    what.arguments.insert(what.arguments.end(), tail.begin(), tail.end());
    what.descriptors.insert(what.descriptors.end(), {{passwd_fd, passwd.get()}, {group_fd, group.get()}, {arguments_fd, arguments.get()}});
  }
  launcher_ = spawn(what);
}

void Box::wait_until_ready() {
  pollfd watched[] = {{control_.get(), POLLIN, 0}, {launcher_watch_.get(), POLLIN, 0}};
  int ready = 0;
  do ready = poll(watched, 2, 30'000);
  while (ready < 0 && errno == EINTR);
  if (ready > 0 && (watched[0].revents & POLLIN) != 0) {
    const auto message = receive();
    if (message && message->kind == wire::Kind::ready && init_ > 0) {
      init_watch_ = watch_process(init_);
      return;
    }
    if (message) throw model::Fault(std::string("the box did not start: ") + message->step + ": " + std::strerror(message->value));
  }
  kill_at_once();  // so that what follows ends
  wait_for_launcher();
  char text[512];
  const ssize_t got = read(err_.get(), text, sizeof text);
  throw model::Fault("the box did not start: " + (got > 0 ? std::string(text, static_cast<std::size_t>(got)) : std::string("no answer")));
}

// No program runs yet, so nobody can have put anything else in the place of the FIFOs. That we hold both ends of each keeps the ranks from
// waiting for us when they open theirs, and lets the token outlive the moment.
void Box::open_fifos(const std::string& folder, int ranks) {
  channel_ = Descriptor(open((folder + "/channel").c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
  token_writer_ = Descriptor(open((folder + "/token").c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
  if (!channel_ || !token_writer_) fail_with_errno("the channel of the ranks");
  for (int rank = 0; rank < ranks; ++rank)
    if (write(token_writer_.get(), token_.data(), token_.size()) != static_cast<ssize_t>(token_.size())) fail_with_errno("token");
}

void Box::go() {
  const char order = static_cast<char>(wire::Order::go);
  (void)!send(control_.get(), &order, 1, MSG_NOSIGNAL);
}

void Box::ask_to_stop() {
  const char order = static_cast<char>(wire::Order::stop);
  (void)!send(control_.get(), &order, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Box::kill_at_once() {
  if (init_watch_) syscall(SYS_pidfd_send_signal, init_watch_.get(), SIGKILL, nullptr, 0);
  if (launcher_ > 0 && launcher_watch_) syscall(SYS_pidfd_send_signal, launcher_watch_.get(), SIGKILL, nullptr, 0);
}

std::optional<wire::Message> Box::receive() {
  wire::Message message;
  alignas(cmsghdr) char extra[CMSG_SPACE(sizeof(ucred))];
  iovec part{&message, sizeof message};
  msghdr header{.msg_iov = &part, .msg_iovlen = 1, .msg_control = extra, .msg_controllen = sizeof extra};
  if (recvmsg(control_.get(), &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) != static_cast<ssize_t>(sizeof message)) return std::nullopt;
  for (cmsghdr* one = CMSG_FIRSTHDR(&header); one != nullptr; one = CMSG_NXTHDR(&header, one)) {
    if (one->cmsg_level != SOL_SOCKET || one->cmsg_type != SCM_CREDENTIALS) continue;
    ucred sender{};
    std::memcpy(&sender, CMSG_DATA(one), sizeof sender);
    if (init_ == 0) init_ = sender.pid;  // the kernel translates it into our process namespace
  }
  return message;
}

void Box::wait_for_launcher() {
  if (launcher_ == 0) return;
  while (waitpid(launcher_, nullptr, 0) < 0 && errno == EINTR) {
  }
  launcher_ = 0;
  // Killed from outside, bubblewrap goes first; the first process of the box follows, and with it everything inside.
  if (init_watch_) {
    pollfd gone{init_watch_.get(), POLLIN, 0};
    while (poll(&gone, 1, 10'000) < 0 && errno == EINTR) {
    }
  }
}

}  // namespace lockstep::run
