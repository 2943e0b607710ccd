// ThreadSanitizer's findings as records, through its report hook and the functions that read a report (tsan_interface.h "debugging API";
// the same in gcc's libtsan and LLVM's runtime). The runtime holds its report lock meanwhile: nothing here takes a lock, allocates or calls an
// intercepted function. References are weak: in a program without ThreadSanitizer nothing happens.
#include "harness/inside/channel/channel.hpp"
#include "harness/inside/channel/raw_syscalls.hpp"
#include "harness/inside/testkit/tsan_symbol.hpp"

extern "C" {
[[gnu::weak]] int __tsan_get_report_data(void* report, const char** description, int* count, int* stacks, int* accesses, int* locations,
                                         int* mutexes, int* threads, int* unique_tids, void** sleep_trace, unsigned long trace_size);
[[gnu::weak]] int __tsan_get_report_mop(void* report, unsigned long index, int* tid, void** address, int* size, int* write, int* atomic,
                                        void** trace, unsigned long trace_size);
[[gnu::weak]] int __tsan_get_report_stack(void* report, unsigned long index, void** trace, unsigned long trace_size);
[[gnu::weak]] int __tsan_get_report_loc(void* report, unsigned long index, const char** type, void** address, unsigned long* start,
                                        unsigned long* size, int* tid, int* descriptor, int* suppressable, void** trace,
                                        unsigned long trace_size);
[[gnu::weak]] int __tsan_get_report_thread(void* report, unsigned long index, int* tid, unsigned long long* os_id, int* running, const char** name, int* parent,
                                           void** trace, unsigned long trace_size);
}

namespace lockstep::testkit {
namespace {

constexpr std::size_t depth = 40;
constexpr int reports_enough = 100;  // per process: one is a verdict, a hundred are evidence

// A short text put together without the C library.
class Words {
 public:
  Words& operator<<(const char* text) {
    for (; *text != 0 && size_ < sizeof text_; ++text) text_[size_++] = *text;
    return *this;
  }
  Words& operator<<(unsigned long number) {
    char digits[20];
    int count = 0;
    do digits[count++] = static_cast<char>('0' + number % 10);
    while ((number /= 10) != 0);
    while (count > 0 && size_ < sizeof text_) text_[size_++] = digits[--count];
    return *this;
  }
  operator std::string_view() const { return {text_, size_}; }

 private:
  char text_[300];
  std::size_t size_ = 0;
};

struct Stack {
  void* trace[depth];
  std::uintptr_t pcs[depth];

  Stack() { raw::clear(trace, sizeof trace); }
  std::span<const std::uintptr_t> frames() {
    std::size_t count = 0;
    // Every frame is the address behind a call: of the function above it, or of the runtime's own entry at the access.
    for (; count < depth && trace[count] != nullptr; ++count) pcs[count] = reinterpret_cast<std::uintptr_t>(trace[count]) - 1;
    return {pcs, count};
  }
};

void describe_thread(void* report, int threads, int tid, Words& name, Stack& created) {
  for (int i = 0; i < threads; ++i) {
    int its_tid = -1, running = 0, parent = 0;
    unsigned long long os_id = 0;
    const char* given_name = nullptr;
    Stack stack;
    __tsan_get_report_thread(report, static_cast<unsigned long>(i), &its_tid, &os_id, &running, &given_name, &parent, stack.trace, depth);
    if (its_tid != tid) continue;
    if (tid == 0) break;
    raw::copy(created.trace, stack.trace, sizeof created.trace);
  }
  if (tid == 0)
    name << "main thread";
  else if (tid > 0)
    name << "thread T" << static_cast<unsigned long>(tid);
  else
    name << "a thread";
}

void write_access(channel::Message& message, void* report, int threads, unsigned long index) {
  int tid = -1, size = 0, write = 0, atomic = 0;
  void* address = nullptr;
  Stack stack, created;
  __tsan_get_report_mop(report, index, &tid, &address, &size, &write, &atomic, stack.trace, depth);
  Words name;
  describe_thread(report, threads, tid, name, created);
  message.number((write ? channel::access_is_write : 0) | (atomic ? channel::access_is_atomic : 0));
  message.number(static_cast<std::uint64_t>(size));
  message.text(name);
  message.frames(created.frames());
  message.frames(stack.frames());
}

// Reports of another kind than a race (misuse of a mutex, say) have plain stacks: shown as accesses of no bytes.
void write_stack(channel::Message& message, void* report, unsigned long index) {
  Stack stack;
  __tsan_get_report_stack(report, index, stack.trace, depth);
  message.number(0);
  message.number(0);
  message.text("");
  message.frames({});
  message.frames(stack.frames());
}

// Without symbols the runtime says "global" or nothing about a variable of the executable, so its name is looked up by the address of the
// access.
bool write_global(channel::Message& message, void* report) {
  int tid = -1, size = 0, write = 0, atomic = 0;
  void* address = nullptr;
  Stack stack;
  __tsan_get_report_mop(report, 0, &tid, &address, &size, &write, &atomic, stack.trace, depth);
  char name[256];
  const std::size_t length = name_of_object(reinterpret_cast<std::uintptr_t>(address), name, sizeof name - 1);
  if (length == 0) return false;
  name[length] = 0;
  Words words;
  words << "global " << name;
  message.text(words);
  message.frames({});
  return true;
}

void write_location(channel::Message& message, void* report) {
  const char* type = "";
  void* address = nullptr;
  unsigned long start = 0, size = 0;
  int tid = 0, descriptor = 0, suppressable = 0;
  Stack stack;
  __tsan_get_report_loc(report, 0, &type, &address, &start, &size, &tid, &descriptor, &suppressable, stack.trace, depth);
  const std::string_view kind(type, raw::length(type));
  Words words;
  if (kind == "heap")
    words << "heap block of " << size << " bytes";
  else if (kind == "stack")
    words << "a local variable of " << (tid == 0 ? "the main thread" : "a thread");
  else if (kind == "tls")
    words << "a thread_local variable";
  else if (kind == "fd")
    words << "file descriptor " << static_cast<unsigned long>(descriptor);
  message.text(words);
  message.frames(stack.frames());
}

}  // namespace
}  // namespace lockstep::testkit

extern "C" void __tsan_on_report(void* report) {
  using namespace lockstep;
  static int reports = 0;
  if (!__tsan_get_report_data || !channel::connected() || __atomic_fetch_add(&reports, 1, __ATOMIC_RELAXED) >= testkit::reports_enough) return;
  const char* description = "";
  int count = 0, stacks = 0, accesses = 0, locations = 0, mutexes = 0, threads = 0, tids = 0;
  void* sleep_trace[1] = {nullptr};
  __tsan_get_report_data(report, &description, &count, &stacks, &accesses, &locations, &mutexes, &threads, &tids, sleep_trace, 1);
  channel::Message message(channel::RecordType::race);
  message.text({description, raw::length(description)});
  message.number(static_cast<std::uint64_t>(accesses > 0 ? accesses : stacks));
  for (int i = 0; i < accesses; ++i) testkit::write_access(message, report, threads, static_cast<unsigned long>(i));
  for (int i = 0; accesses == 0 && i < stacks; ++i) testkit::write_stack(message, report, static_cast<unsigned long>(i));
  if (accesses > 0 && testkit::write_global(message, report)) return;
  if (locations > 0) {
    testkit::write_location(message, report);
  } else {
    message.text("");
    message.frames({});
  }
}
