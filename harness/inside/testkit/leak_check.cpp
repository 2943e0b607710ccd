// LeakSanitizer stops all threads and follows every pointer from the globals, stacks and registers. It reports as text only, to a descriptor: a
// file in memory, whose lines are read here. If it cannot stop the threads (ptrace(2) is denied), it ends the process; the death callback then
// says that this is no fault of the student's.
#include "harness/inside/testkit/leak_check.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/testkit/asan_report_text.hpp"

extern "C" {
[[gnu::weak]] int __lsan_do_recoverable_leak_check();
[[gnu::weak]] void __sanitizer_set_report_fd(void* descriptor);
[[gnu::weak]] void __sanitizer_set_death_callback(void (*callback)());
}

namespace lockstep::testkit {
namespace {

void report_failed_check() { channel::emit_fault("LeakSanitizer could not inspect the process"); }

std::string read_back(int file) {
  std::string text;
  char part[4096];
  ssize_t size;
  lseek(file, 0, SEEK_SET);
  while ((size = read(file, part, sizeof part)) > 0) text.append(part, static_cast<std::size_t>(size));
  return text;
}

std::string in_words(std::uint64_t count, const char* thing) { return std::to_string(count) + " " + thing + (count == 1 ? "" : "s"); }

}  // namespace

void report_leaks() {
  if (!__lsan_do_recoverable_leak_check || !channel::connected()) {
    if (__lsan_do_recoverable_leak_check) __lsan_do_recoverable_leak_check();  // by hand: the text is the report
    return;
  }
  const int file = memfd_create("leaks", MFD_CLOEXEC);
  if (file < 0) return report_failed_check();
  __sanitizer_set_death_callback(report_failed_check);
  __sanitizer_set_report_fd(reinterpret_cast<void*>(static_cast<long>(file)));
  __lsan_do_recoverable_leak_check();
  __sanitizer_set_report_fd(reinterpret_cast<void*>(2l));
  __sanitizer_set_death_callback(nullptr);
  const std::string text = read_back(file);
  close(file);
  // Blocks that only leaked blocks point to ("Indirect leak") follow from these.
  for (const char* at = text.c_str(); (at = find(at, "Direct leak of ")) != nullptr;) {
    const std::uint64_t bytes = read_decimal(at);
    if (const char* count = find(at, "byte(s) in ")) at = count;
    const std::uint64_t blocks = read_decimal(at);
    ReportedStack stack;
    read_stack(at, stack);
    at = stack.behind;
    channel::emit_sanitizer("leak", "leaked " + in_words(bytes, "byte") + " in " + in_words(blocks, "block"), {stack.pcs, stack.count});
  }
}

}  // namespace lockstep::testkit
