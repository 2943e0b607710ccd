// The records by name: each function writes the fields that record_layout.hpp lists for its type.
#include "harness/inside/channel/channel.hpp"

namespace lockstep::channel {
namespace {

std::uint64_t bits_of(double value) {
  std::uint64_t bits;
  static_assert(sizeof bits == sizeof value);
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

}  // namespace

void emit_begin() { Message(RecordType::begin).text(engine()); }

void emit_test_begin(std::string_view test) { Message(RecordType::test_begin).text(test); }

void emit_failure(std::string_view file, int line, std::string_view message) {
  Message record(RecordType::failure);
  record.text(file);
  record.number(line > 0 ? static_cast<std::uint64_t>(line) : 0);
  record.text(message);
}

void emit_not_implemented(std::string_view function) { Message(RecordType::not_implemented).text(function); }

void emit_test_end(std::string_view test, TestOutcome outcome) {
  Message record(RecordType::test_end);
  record.text(test);
  record.number(static_cast<std::uint64_t>(outcome));
}

void emit_hygiene(std::string_view kind, std::string_view detail) {
  Message record(RecordType::hygiene);
  record.text(kind);
  record.text(detail);
}

void emit_measurement(std::string_view name, double value, double limit, std::string_view unit) {
  Message record(RecordType::measurement);
  record.text(name);
  record.number(bits_of(value));
  record.number(bits_of(limit));
  record.text(unit);
}

void emit_stuck(std::string_view task, std::string_view waits_in, std::span<const std::uintptr_t> pcs, std::span<const int> waits_for) {
  Message record(RecordType::stuck);
  record.text(task);
  record.text(waits_in);
  record.frames(pcs);
  record.number(waits_for.size());
  for (const int rank : waits_for) record.number(static_cast<std::uint64_t>(rank));
}

void emit_exchange(const Exchange& exchange) {
  Message record(RecordType::exchange);
  for (const int number : {exchange.from, exchange.to, exchange.tag}) record.number(static_cast<std::uint64_t>(number));
  record.text(exchange.sent_by);
  record.text(exchange.received_by);
  record.frames({&exchange.sent_at, exchange.sent_at != 0 ? 1U : 0U});
  record.frames({&exchange.received_at, exchange.received_at != 0 ? 1U : 0U});
}

void emit_sanitizer(std::string_view tool, std::string_view kind, std::span<const std::uintptr_t> pcs) {
  Message record(RecordType::sanitizer_report);
  record.text(tool);
  record.text(kind);
  record.frames(pcs);
}

void emit_fault(std::string_view reason) { Message(RecordType::fault).text(reason); }

void emit_end(std::span<const std::string> tests_that_ran) {
  Message record(RecordType::end);
  record.number(tests_that_ran.size());
  for (const std::string& test : tests_that_ran) record.text(test);
}

}  // namespace lockstep::channel
