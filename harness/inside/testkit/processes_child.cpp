// ChildProcess: a fork whose failed expectations come back. The child intercepts them (gtest-spi.h) and appends each at once to a page that it
// shares with its parent, so that what it found survives whatever ends it, and no descriptor is used that the student's code could see.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <system_error>

#include "harness/inside/procwatch/process_table.hpp"
#include "harness/inside/procwatch/procwatch.hpp"
#include "harness/inside/testkit/processes.hpp"

namespace lockstep::testkit {

struct ChildProcess::Failures {
  struct One {
    char file[256];
    int line;
    bool fatal;
    char message[1700];
  };
  std::atomic<unsigned> count{0};
  One all[16];  // more are counted only

  void add(const char* file, int line, bool fatal, const char* message) {
    const unsigned at = count.fetch_add(1);
    if (at >= std::size(all)) return;
    std::snprintf(all[at].file, sizeof all[at].file, "%s", file != nullptr ? file : "");
    std::snprintf(all[at].message, sizeof all[at].message, "%s", message);
    all[at].line = line;
    all[at].fatal = fatal;
  }
};

namespace {

template <class Shared>
Shared* make_shared_page() {
  void* page = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "memory shared with a child");
  return new (page) Shared;
}

template <class Sink>
class Forwarder : public testing::ScopedFakeTestPartResultReporter {
 public:
  Forwarder(InterceptMode threads, Sink& sink) : testing::ScopedFakeTestPartResultReporter(threads, &unused_), sink_(sink) {}
  void ReportTestPartResult(const testing::TestPartResult& result) override {
    if (result.failed()) sink_.add(result.file_name(), result.line_number(), result.fatally_failed(), result.message());
  }

 private:
  testing::TestPartResultArray unused_;
  Sink& sink_;
};

[[noreturn]] void run_child(const std::function<void()>& body, auto& failures) {
  const pid_t self = ::getpid();
  const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
  const char* file = test != nullptr ? test->file() : "";
  const int line = test != nullptr ? test->line() : 0;
  {
    using Reporter = testing::ScopedFakeTestPartResultReporter;
    // GoogleTest asks the thread's reporter, which by default passes on to that of all threads; a test may have replaced either.
    const Forwarder of_others(Reporter::INTERCEPT_ALL_THREADS, failures);
    const Forwarder of_this_thread(Reporter::INTERCEPT_ONLY_CURRENT_THREAD, failures);
    try {
      body();
    } catch (const std::exception& error) {
      failures.add(file, line, true, (std::string("in a child process: exception with description \"") + error.what() + "\"").c_str());
    } catch (...) {
      failures.add(file, line, true, "in a child process: an exception of unknown type");
    }
  }
  if (::getpid() != self) procwatch::after_test();  // a process that `body` forked came back: reported there, and ended
  std::fflush(stdout);
  ::_exit(failures.count == 0 ? 0 : 1);
}

// How a task that is asleep got there: unchanged over two looks, it has not run in between.
struct Sleep {
  std::string where;  // system call number and arguments, proc_pid_syscall(5); empty where the kernel does not tell
  unsigned long switches = 0;
  bool operator==(const Sleep&) const = default;
};

std::string first_line_of(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "re");
  char line[512] = "";
  if (file != nullptr) {
    if (std::fgets(line, sizeof line, file) == nullptr) line[0] = '\0';
    std::fclose(file);
  }
  return line;
}

unsigned long voluntary_switches(pid_t pid) {
  std::FILE* file = std::fopen(("/proc/" + std::to_string(pid) + "/status").c_str(), "re");
  unsigned long switches = 0;
  char line[256];
  while (file != nullptr && std::fgets(line, sizeof line, file) != nullptr)
    if (std::sscanf(line, "voluntary_ctxt_switches: %lu", &switches) == 1) break;
  if (file != nullptr) std::fclose(file);
  return switches;
}

// A sleep ends by itself, so who sleeps is not blocked.
bool is_a_pause(const std::string& where) {
  return where.starts_with(std::to_string(SYS_nanosleep) + " ") || where.starts_with(std::to_string(SYS_clock_nanosleep) + " ");
}

}  // namespace

ChildProcess::ChildProcess(const std::function<void()>& body) : failures_(make_shared_page<Failures>()) {
  std::fflush(stdout);  // else the child would inherit, and print again, what is buffered
  pid_ = ::fork();
  if (pid_ < 0) {
    const int error = errno;
    ::munmap(failures_, sizeof *failures_);
    throw std::system_error(error, std::generic_category(), "fork of the test itself");
  }
  if (pid_ == 0) run_child(body, *failures_);
}

ChildProcess::~ChildProcess() {
  if (!reaped_) {
    ::kill(pid_, SIGKILL);
    wait();
  }
  ::munmap(failures_, sizeof *failures_);
}

pid_t ChildProcess::pid() const { return pid_; }

int ChildProcess::wait() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0)
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "wait for a child of the test");
  reaped_ = true;
  report();
  return status;
}

void ChildProcess::report() {
  const unsigned count = failures_->count;
  for (unsigned i = 0; i < count && i < std::size(failures_->all); ++i) {
    const Failures::One& one = failures_->all[i];
    // Not fatal here: only the child's own function ended early.
    GTEST_MESSAGE_AT_(one.file, one.line, one.message, testing::TestPartResult::kNonFatalFailure);
  }
}

// Blocked means: asleep in the same call, without having run in between, over five looks. A child that never stays so long is told from one that
// is only slow to get there by what it has used up: a second of processor time, or 4,000 wake-ups.
bool ChildProcess::wait_until_blocked() {
  const auto most_ticks = static_cast<unsigned long>(::sysconf(_SC_CLK_TCK));
  const auto start = procwatch::read_process(pid_);
  const unsigned long first_switches = voluntary_switches(pid_);
  Sleep last;
  for (int same_looks = 0; same_looks < 5;) {
    const auto entry = procwatch::read_process(pid_);
    if (!start || !entry || entry->exiting()) return false;
    if (entry->cpu_ticks - start->cpu_ticks > most_ticks) return false;
    const Sleep now{first_line_of("/proc/" + std::to_string(pid_) + "/syscall"), voluntary_switches(pid_)};
    if (now.switches - first_switches > 4000) return false;
    const bool asleep = entry->state == 'S' && !is_a_pause(now.where);
    same_looks = asleep && now == last ? same_looks + 1 : 0;
    last = now;
    const timespec pause{0, 2'000'000};
    ::nanosleep(&pause, nullptr);
  }
  return true;
}

}  // namespace lockstep::testkit
