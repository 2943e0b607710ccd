// AddressSanitizer's and UndefinedBehaviorSanitizer's findings as records, through the hooks of their public interface
// (sanitizer/asan_interface.h, sanitizer/ubsan_interface.h). References are weak: in a program without them nothing happens.
#include <array>

#include "harness/inside/channel/backtrace.hpp"
#include "harness/inside/channel/channel.hpp"
#include "harness/inside/channel/raw_syscalls.hpp"
#include "harness/inside/testkit/asan_report_text.hpp"

extern "C" {
[[gnu::weak]] void __asan_set_error_report_callback(void (*callback)(const char* text));
[[gnu::weak]] void __ubsan_get_current_report_data(const char** kind, const char** message, const char** file, unsigned* line, unsigned* column,
                                                   char** address);
}

namespace lockstep::testkit {
namespace {

// "==12==ERROR: AddressSanitizer: heap-use-after-free on address ..." names its kind up to " on " or " (".
std::string_view kind_of(const char* text) {
  const char* at = find(text, "Sanitizer: ");
  if (at == nullptr) return "error";
  if (const char* rest = find(at, "attempting "); rest == at + 11) at = rest;
  std::size_t size = 0;
  while (at[size] != 0 && at[size] != '\n' && at[size] != ':' && size < 80) {
    if (at[size] == ' ' && (at[size + 1] == '(' || (at[size + 1] == 'o' && at[size + 2] == 'n' && at[size + 3] == ' '))) break;
    ++size;
  }
  return {at, size};
}

void report_address_error(const char* text) {
  ReportedStack stack;
  read_stack(text, stack);
  channel::emit_sanitizer("address", kind_of(text), {stack.pcs, stack.count});
}

[[gnu::constructor(101)]] void install() {
  if (__asan_set_error_report_callback) __asan_set_error_report_callback(report_address_error);
}

}  // namespace
}  // namespace lockstep::testkit

// Called by the runtime for every finding; the program goes on.
extern "C" void __ubsan_on_report() {
  using namespace lockstep;
  if (!__ubsan_get_current_report_data) return;
  const char *kind = "", *message = "", *file = "";
  unsigned line = 0, column = 0;
  char* address = nullptr;
  __ubsan_get_current_report_data(&kind, &message, &file, &line, &column, &address);
  std::array<std::uintptr_t, testkit::stack_depth> pcs;
  channel::Message record(channel::RecordType::sanitizer_report);
  record.text("undefined");
  record.text({kind, raw::length(kind)});
  record.frames({pcs.data(), channel::read_backtrace(pcs)});
}
