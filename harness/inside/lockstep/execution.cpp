#include "harness/inside/lockstep/execution.hpp"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>
#include <stdexcept>

#include "harness/inside/lockstep/call_tree.hpp"
#include "harness/inside/lockstep/engine.hpp"
#include "harness/inside/lockstep/interpose_threads.hpp"
#include "harness/inside/lockstep/knowledge.hpp"
#include "harness/inside/lockstep/own_code.hpp"
#include "harness/inside/lockstep/program_memory.hpp"
#include "harness/inside/lockstep/waiting.hpp"
#include "harness/inside/testkit/fatal_signals.hpp"
#include "harness/inside/testkit/uncaught.hpp"

namespace lockstep::engine {
namespace {

constexpr rlim_t cpu_seconds = 10;
constexpr int still_seconds = 4;  // asleep for so long, in something that is not ours

const char* uncontrolled_reason = nullptr;

bool skipped = false;  // a test said that it does not apply

void end_by_status(int status) {
  const Inside inside;
  if (engine.report->failure_count > 0) end_execution(Outcome::failed, "an expectation failed");
  if (status != 0) end_execution(Outcome::wrong_exit, "main returned another value than 0", "", status);
  end_execution(skipped ? Outcome::skipped : Outcome::passed, "");
}

// The last exit handler: static destructors and the program's own handlers have run.
void end_of_process(int status, void*) {
  if (!engine.active || engine.ended || !self) return;
  {
    const Inside inside;
    fflush(nullptr);
  }
  end_by_status(status);
}

// Before any other: exit handlers run in reverse order, so static destructors belong to the execution.
[[gnu::constructor(101)]] void watch_exit() { on_exit(end_of_process, nullptr); }

void on_signal(int signal) {
  if (engine.active && !engine.ended) {
    const char* name = strsignal(signal);
    if (self) self->inside = true;
    end_execution(Outcome::crash, name ? name : "a signal", "", signal);
  }
  _exit(128 + signal);
}

void on_terminate() {
  const testkit::Uncaught uncaught = testkit::describe_uncaught();
  if (engine.active && !engine.ended) {
    if (!uncaught.stub.empty()) end_execution(Outcome::not_implemented, uncaught.stub.c_str());
    end_execution(Outcome::crash, uncaught.what.c_str(), "", SIGABRT);
  }
  _exit(128 + SIGABRT);
}

void redirect(int output) {
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, 0);
  dup2(output >= 0 ? output : nothing, 1);
  dup2(output >= 0 ? output : nothing, 2);
  if (nothing > 2) close(nothing);
}

void stay_on_this_processor() {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<unsigned>(sched_getcpu()), &one);
  sched_setaffinity(0, sizeof one, &one);
}

[[noreturn]] void run_child(Exchange& exchange, Program program, void* argument, int output) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  redirect(output);
  const rlimit cpu{cpu_seconds, cpu_seconds + 1};
  setrlimit(RLIMIT_CPU, &cpu);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  stay_on_this_processor();
  for (const int signal : testkit::fatal_signals) testkit::handle_fatal_signal(signal, on_signal);
  std::set_terminate(on_terminate);
  engine.order = &exchange.order;
  engine.report = &exchange.report;
  begin_execution();
  if (uncontrolled_reason) end_execution(Outcome::not_controlled, uncontrolled_reason);
  self->node = enter_call(nullptr, 0);
  std::exit(program(argument));
}

long cpu_ticks(pid_t child) {
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", child);
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  const ssize_t size = read(file, text, sizeof text - 1);
  close(file);
  if (size <= 0) return -1;
  text[size] = 0;
  const char* after = strrchr(text, ')');
  char state = 0;
  long user = 0, system = 0;
  if (!after || sscanf(after + 1, " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &state, &user, &system) != 3) return -1;
  return user + system;
}

// True: it ended. False: it sleeps in something that no execution owns, and was killed.
bool await(pid_t child, int& status) {
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  long before = -1;
  for (int still = 0; still < still_seconds;) {
    pollfd one{handle, POLLIN, 0};
    if (handle < 0 || poll(&one, 1, 1000) > 0) break;
    const long now = cpu_ticks(child);
    still = now == before ? still + 1 : 0;
    before = now;
    if (still == still_seconds) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      close(handle);
      return false;
    }
  }
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (handle >= 0) close(handle);
  return true;
}

void say(Report& report, Outcome outcome, const char* text, int code = 0) {
  report.outcome = outcome;
  report.code = code;
  snprintf(report.text, sizeof report.text, "%s", text);
}

std::string read_all(int file) {
  constexpr off_t most = 64 << 10;
  const off_t size = lseek(file, 0, SEEK_END);
  std::string text(static_cast<std::size_t>(size > most ? most : size), '\0');
  const ssize_t got = pread(file, text.data(), text.size(), 0);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

}  // namespace

void note_uncontrolled(const char* what) {
  if (!engine.active && !uncontrolled_reason) uncontrolled_reason = what;
}

Exchange* make_exchange() {
  prepare_threads();
  prepare_program_memory();
  read_own_code();
  void* mapping = mmap(nullptr, sizeof(Exchange), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED) throw std::runtime_error("no memory to share with an execution");
  return static_cast<Exchange*>(mapping);
}

void execute(Exchange& exchange, Program program, void* argument, std::string* output) {
  Report& report = exchange.report;
  memset(static_cast<void*>(&report), 0, offsetof(Report, events));
  report.hash = 0xcbf29ce484222325ull;
  fflush(nullptr);
  const int file = output ? memfd_create("output", MFD_CLOEXEC) : -1;
  const pid_t child = fork();
  if (child < 0) return say(report, Outcome::fault, "fork failed");
  if (child == 0) run_child(exchange, program, argument, file);
  int status = 0;
  const bool ended = await(child, status);
  if (output && file >= 0) {
    *output = read_all(file);
    close(file);
  }
  if (report.outcome != Outcome::none) return;
  if (!ended) return say(report, Outcome::not_controlled, "waits in a system call that the engine does not own");
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
    return say(report, Outcome::not_controlled, "computes for more than 10 s without coming to an end");
  if (WIFSIGNALED(status)) {
    const char* name = strsignal(WTERMSIG(status));
    return say(report, Outcome::crash, name ? name : "a signal", WTERMSIG(status));
  }
  say(report, Outcome::crash, "leaves the process early (_exit or quick_exit)", WEXITSTATUS(status));
}

void finish_main_early() {
  // The others go on; the last of them ends the process.
  Task& me = *self;
  reach({OpKind::finish, object_of_task(me.id), 0, true, false});
  me.finished = true;
  changed();
  note(OpKind::finish, object_of_task(me.id));
  bool others = false;
  for (int i = 0; i < engine.task_count; ++i) others |= engine.tasks[i].exists && !engine.tasks[i].finished;
  if (!others) end_by_status(0);
  leave_for_good();
  for (;;) pause();
}

void note_not_implemented(const char* function) {
  const Inside inside;
  end_execution(Outcome::not_implemented, function);
}

void note_skipped() { skipped = true; }

bool in_execution() { return engine.active; }

void note_failed_expectation(const char* file, int line, const char* message) {
  Report& report = *engine.report;
  if (report.failure_count == 8) return;
  FailedExpectation& failure = report.failures[report.failure_count++];
  snprintf(failure.file, sizeof failure.file, "%s", file ? file : "");
  failure.line = line;
  snprintf(failure.message, sizeof failure.message, "%s", message);
}

}  // namespace lockstep::engine

extern "C" {

[[noreturn]] void __assert_fail(const char* what, const char* file, unsigned line, const char* function) noexcept {
  using namespace lockstep::engine;
  if (engine.active && !engine.ended) {
    char message[700];
    snprintf(message, sizeof message, "assert(%s) failed in %s", what, function ? function : "?");
    char place[400];
    const char* slash = strrchr(file, '/');
    snprintf(place, sizeof place, "%s:%u", slash ? slash + 1 : file, line);
    if (self) self->inside = true;
    end_execution(Outcome::asserted, message, place);
  }
  fprintf(stderr, "%s:%u: assertion `%s' failed\n", file, line, what);
  signal(SIGABRT, SIG_DFL);
  abort();
}

}  // extern "C"
