// What the tests of this module run in a box: one program that behaves well, badly or unluckily, as its first argument says.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
std::string argument;
std::mutex first, second;
std::condition_variable condition;

void spin(std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < end) {
  }
}

void lock_crosswise() {
  std::atomic<int> holding = 0;
  const auto take = [&](std::mutex& one, std::mutex& other) {
    const std::lock_guard hold(one);
    ++holding;
    while (holding < 2) std::this_thread::yield();
    const std::lock_guard never(other);
  };
  std::thread a([&] { take(first, second); }), b([&] { take(second, first); });
  a.join();
  b.join();
}

void leave_daemon() {  // out of the group, the session and the family, deaf to everything, and still holding the outputs
  if (fork() != 0) {
    wait(nullptr);
    return;
  }
  setsid();
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_IGN);
  if (fork() != 0) _exit(0);
  setsid();
  for (;;) pause();
}

int reach(const char* address) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_port = htons(static_cast<std::uint16_t>(std::atoi(argument.c_str())));
  inet_pton(AF_INET, address, &peer.sin_addr);
  return connect(fd, reinterpret_cast<const sockaddr*>(&peer), sizeof peer) == 0 ? 0 : 1;
}

const std::map<std::string, std::function<int()>> behaviours = {
    {"exit", [] { return std::atoi(argument.c_str()); }},
    {"print", [] { return std::puts(argument.c_str()) < 0; }},
    {"die", [] { return raise(std::atoi(argument.c_str())); }},
    {"compute", [] { return spin(1h), 0; }},
    {"compute_in_children",
     [] {
       for (;;) {
         if (fork() == 0) spin(30ms), _exit(0);
         wait(nullptr);
       }
       return 0;
     }},
    {"sleep_for_ever", [] { return sleep(3600), 0; }},
    {"flood",
     [] {
       const std::string block(65536, 'x');
       for (long long left = std::atoll(argument.c_str()); left > 0; left -= static_cast<long long>(block.size()))
         if (write(1, block.data(), block.size()) < 0) return 1;
       return 0;
     }},
    {"eat_memory",
     [] {
       for (;;) std::memset(std::malloc(1 << 20), 1, 1 << 20);
       return 0;
     }},
    {"fork_bomb",
     [] {
       for (;;) fork();
       return 0;
     }},
    {"session_bomb",
     [] {
       for (;;)
         if (fork() == 0) setsid();
       return 0;
     }},
    {"write_file",
     [] {
       const int file = open("/tmp/big", O_WRONLY | O_CREAT, 0600);
       const std::string block(1 << 20, 'x');
       for (int i = 0; i < std::atoi(argument.c_str()); ++i)
         if (write(file, block.data(), block.size()) != static_cast<ssize_t>(block.size())) return 1;
       return 0;
     }},
    {"leave_daemon", [] { return leave_daemon(), 0; }},
    {"daemon_and_wait", [] { return leave_daemon(), std::puts("up"), std::fflush(stdout), sleep(3600), 0; }},
    {"hold_output", [] { return fork() == 0 ? (sleep(3600), 0) : 0; }},
    {"kill_everybody", [] { return kill(-1, SIGKILL), 0; }},
    {"kill_parent", [] { return kill(getppid(), SIGKILL), kill(getppid(), SIGSTOP), 0; }},
    {"connect", [] { return reach("127.0.0.1"); }},
    {"exists", [] { return access(argument.c_str(), F_OK) == 0 ? 0 : 1; }},
    {"reads", [] { return open(argument.c_str(), O_RDONLY) >= 0 ? 0 : 1; }},
    {"writes", [] { return open(argument.c_str(), O_WRONLY | O_CREAT, 0644) >= 0 ? 0 : 1; }},
    {"waits_at_fifo",
     [] {
       std::string way = argument;
       const bool in = way.back() == '<';
       way.pop_back();
       char byte = 'x';
       const int fifo = open(way.c_str(), in ? O_RDONLY : O_WRONLY);
       return (in ? read(fifo, &byte, 1) : write(fifo, &byte, 1)) == 1 ? 0 : 1;
     }},
    {"leave_shared_memory",
     [] {
       const int memory = shm_open(argument.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
       return memory >= 0 && ftruncate(memory, 4096) == 0 ? 0 : 1;
     }},
    {"token_to_channel",
     [] {
       char token[17];
       const ssize_t got = read(201, token, sizeof token);
       return got == 16 && write(200, token, 16) == 16 && write(200, "facts", 5) == 5 ? 0 : 1;
     }},
    {"show_address", [] { return std::printf("%p\n", static_cast<void*>(&first)) < 0; }},
    {"forbidden_call",
     [] { return syscall(SYS_keyctl, 0, 0) < 0 && errno == EPERM && syscall(SYS_unshare, 0x10000000) < 0 && errno == EPERM ? 0 : 1; }},
    {"ptrace", [] { return syscall(SYS_ptrace, 0, 0, 0, 0) == 0 ? 0 : 1; }},

    // Nobody can wake anybody.
    {"deadlock_mutex", [] { return lock_crosswise(), 0; }},
    {"deadlock_condition",
     [] {
       std::unique_lock lock(first);
       condition.wait(lock, [] { return false; });
       return 0;
     }},
    {"deadlock_pipe",
     [] {
       int ends[2];
       char byte;
       return pipe(ends), static_cast<int>(read(ends[0], &byte, 1));
     }},
    {"deadlock_full_pipe",
     [] {
       int ends[2];
       const std::string much(1 << 20, 'x');
       return pipe(ends), static_cast<int>(write(ends[1], much.data(), much.size()));
     }},
    {"deadlock_wait", [] { return fork() == 0 ? pause() : static_cast<int>(wait(nullptr)); }},
    {"deadlock_stopped",
     [] {
       const pid_t child = fork();
       if (child == 0)
         for (;;) pause();
       return kill(child, SIGSTOP), static_cast<int>(wait(nullptr));
     }},
    {"deadlock_select",
     [] {
       int ends[2];
       pipe(ends);
       fd_set set;
       FD_ZERO(&set);
       FD_SET(ends[0], &set);
       return select(ends[0] + 1, &set, nullptr, nullptr, nullptr);
     }},
    {"deadlock_socket",
     [] {
       int ends[2];
       char byte;
       return socketpair(AF_UNIX, SOCK_STREAM, 0, ends), static_cast<int>(recv(ends[0], &byte, 1, 0));
     }},

    // Somebody, or something, still can: all of these end by themselves with 0.
    {"alive_sleeper", [] { return std::thread([] { std::this_thread::sleep_for(600ms); }).join(), 0; }},
    {"alive_timed_wait",
     [] {
       std::unique_lock lock(first);
       return condition.wait_for(lock, 600ms, [] { return false; }) ? 1 : 0;
     }},
    {"alive_computing", [] { return std::thread([] { spin(600ms); }).join(), 0; }},
    {"alive_peer_writes_later",
     [] {
       int ends[2];
       char byte = 0;
       pipe(ends);
       if (fork() == 0) {
         sleep(1);
         _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
       }
       return read(ends[0], &byte, 1) == 1 && wait(nullptr) > 0 ? 0 : 1;
     }},
    {"alive_other_sleeps",
     [] {
       bool ready = false;
       std::thread waker([&] {
         const timespec time{0, 600'000'000};
         nanosleep(&time, nullptr);
         const std::lock_guard lock(first);
         ready = true;
         condition.notify_one();
       });
       std::unique_lock lock(first);
       condition.wait(lock, [&] { return ready; });
       lock.unlock();
       waker.join();
       return 0;
     }},
    {"alive_raw_nanosleep",  // as the sanitizers' background thread sleeps, but from the program
     [] {
       std::thread sleeper([] {
         const timespec time{0, 600'000'000};
         syscall(SYS_nanosleep, &time, nullptr);
       });
       return sleeper.join(), 0;
     }},
    {"alive_alarm",
     [] {
       signal(SIGALRM, [](int) { _exit(0); });
       const itimerval time{{0, 0}, {0, 600'000}};
       setitimer(ITIMER_REAL, &time, nullptr);
       std::unique_lock lock(first);
       condition.wait(lock, [] { return false; });
       return 1;
     }},
    {"alive_timer",
     [] {
       signal(SIGUSR1, [](int) { _exit(0); });
       sigevent event{};
       event.sigev_notify = SIGEV_SIGNAL;
       event.sigev_signo = SIGUSR1;
       timer_t timer;
       timer_create(CLOCK_MONOTONIC, &event, &timer);
       const itimerspec time{{0, 0}, {0, 600'000'000}};
       timer_settime(timer, 0, &time, nullptr);
       for (;;) pause();
       return 1;
     }},
    {"alive_socket_limit",
     [] {
       int ends[2];
       char byte;
       socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
       const timeval time{0, 600'000};
       setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
       return recv(ends[0], &byte, 1, 0) < 0 ? 0 : 1;
     }},
};

}  // namespace

int main(int argc, char** argv) {
  const auto found = behaviours.find(argc > 1 ? argv[1] : "");
  if (found == behaviours.end()) return 99;
  argument = argc > 2 ? argv[2] : "";
  return found->second();
}
