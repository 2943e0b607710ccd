// The channel as lines of text, for tests of what runs inside: each record is one write of "RECORD <rank> <type>|<fields>" to standard output.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "harness/inside/channel/channel.hpp"

namespace lockstep::channel {
namespace {

int own_rank = -1;

void print(const char* type, const std::string& fields) {
  std::string line = "RECORD " + std::to_string(own_rank) + " " + type + "|" + fields;
  for (char& c : line)
    if (c == '\n') c = ' ';
  line += '\n';
  if (::write(1, line.data(), line.size()) < 0) std::abort();
}

}  // namespace

bool in_main_process() { return true; }
void set_rank(int rank) { own_rank = rank; }
void emit_test_begin(std::string_view) {}
void emit_failure(std::string_view, int, std::string_view message) { print("failure", std::string(message)); }
void emit_not_implemented(std::string_view function) { print("not_implemented", std::string(function)); }
void emit_test_end(std::string_view test, TestOutcome outcome) {
  print("test_end", std::string(test) + "|" + std::to_string(static_cast<int>(outcome)));
}
void emit_hygiene(std::string_view kind, std::string_view detail) { print("hygiene", std::string(kind) + "|" + std::string(detail)); }
void emit_stuck(std::string_view task, std::string_view waits_in, std::span<const std::uintptr_t> pcs, std::span<const int> waits_for) {
  std::string ranks;
  for (const int rank : waits_for) ranks += " " + std::to_string(rank);
  print("stuck", std::string(task) + "|" + std::string(waits_in) + "|" + std::to_string(pcs.size()) + " frames|waits for" + ranks);
}
void emit_exchange(const Exchange& exchange) {
  print("exchange", std::string(exchange.sent_by) + " of " + std::to_string(exchange.from) + "|" + std::string(exchange.received_by) + " of " +
                        std::to_string(exchange.to) + "|tag " + std::to_string(exchange.tag));
}
void emit_sanitizer(std::string_view tool, std::string_view kind, std::span<const std::uintptr_t>) {
  print("sanitizer", std::string(tool) + "|" + std::string(kind));
}
std::size_t describe_address(std::uintptr_t, char* to, std::size_t size) { return static_cast<std::size_t>(std::snprintf(to, size, "program+0x1")); }
void emit_measurement(std::string_view name, double value, double, std::string_view) { print("measurement", std::string(name) + "|" + std::to_string(value)); }
void emit_fault(std::string_view reason) { print("fault", std::string(reason)); }

}  // namespace lockstep::channel
