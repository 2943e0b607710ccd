// How code inside the student's process reports facts. Everything declared here is async-signal-safe, allocates nothing, keeps errno, and does
// nothing when no harness listens (a person runs the test program by hand).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "harness/inside/channel/record_layout.hpp"

namespace lockstep::channel {

bool connected();    // a harness listens
int main_process();  // pid of the process that the harness started; a forked child sees its parent's
bool in_main_process();
std::uint64_t seed();       // LOCKSTEP_SEED as it was before any code of the student ran; 1 if it was not set
std::string_view engine();  // LOCKSTEP_ENGINE likewise; empty if it was not set

// The rank in later records. Until it is called: what Open MPI's launcher put into the environment, or -1.
void set_rank(int rank);
int rank();

void emit_begin();
void emit_test_begin(std::string_view test);
void emit_failure(std::string_view file, int line, std::string_view message);
void emit_not_implemented(std::string_view function);
void emit_test_end(std::string_view test, TestOutcome outcome);
void emit_hygiene(std::string_view kind, std::string_view detail);  // kinds: model::Hygiene
void emit_measurement(std::string_view name, double value, double limit, std::string_view unit);
// `pcs`: addresses of instructions inside the calls, innermost first; may be empty. `waits_for`: ranks that could end the wait.
void emit_stuck(std::string_view task, std::string_view waits_in, std::span<const std::uintptr_t> pcs, std::span<const int> waits_for);
struct Exchange {  // a message that was received; ranks as in the records, addresses as above, 0: unknown
  int from, to, tag;
  std::string_view sent_by, received_by;
  std::uintptr_t sent_at, received_at;
};
void emit_exchange(const Exchange& exchange);
void emit_sanitizer(std::string_view tool, std::string_view kind, std::span<const std::uintptr_t> pcs);
void emit_fault(std::string_view reason);  // the harness failed, not the student
void emit_end(std::span<const std::string> tests_that_ran);

// Writes one message field by field, in the order that record_layout.hpp states; sent when it goes out of scope.
class Message {
 public:
  explicit Message(RecordType type);
  ~Message();
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  void number(std::uint64_t value);
  void text(std::string_view value);
  void frames(std::span<const std::uintptr_t> pcs);

 private:
  void bytes(const void* from, std::size_t count);
  void send(bool last);

  RecordType type_;
  bool wanted_;
  std::uint64_t sequence_ = 0;
  std::uint32_t part_ = 0;
  std::size_t used_ = 0;
  unsigned char record_[record_bytes];
};

// "module+0x1234" of an address in this process, or "0x..." if it lies in no mapped file. Returns the length written, at most `size`.
std::size_t describe_address(std::uintptr_t pc, char* to, std::size_t size);

}  // namespace lockstep::channel
