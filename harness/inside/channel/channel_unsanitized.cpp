// Theory of operation. The dynamic loader runs `.preinit_array` of the executable before every constructor, the student's too. There the token
// is read and its descriptor closed, so that nothing of the student's, and no image that it execs, can read it again. The descriptor of the
// records is closed on exec for the same reason; a forked child keeps it and seals under its own pid. One record is one write(2) of at most
// PIPE_BUF bytes, which pipe(7) keeps whole, so no lock is needed and a signal handler or sanitizer hook may report at any moment.
//
// This file is compiled without sanitizers and calls nothing of the C library: it runs before their runtimes are ready, and inside their hooks.
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>

#include <cerrno>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/channel/raw_syscalls.hpp"
#include "harness/inside/channel/siphash.hpp"

namespace lockstep::channel {
namespace {

SealKey key;
bool is_connected = false;
int main_pid = 0;
int own_rank = -1;
std::uint64_t own_seed = 1;
char own_engine[16];
std::size_t own_engine_length = 0;
std::uint64_t next_sequence = 0;

int own_pid() { return static_cast<int>(raw::call(SYS_getpid)); }

// The value in "NAME=value", or null if `entry` has another name.
const char* value_of(const char* entry, std::string_view name) {
  for (char wanted : name)
    if (*entry++ != wanted) return nullptr;
  return *entry == '=' ? entry + 1 : nullptr;
}

bool parse_number(const char* digits, std::uint64_t& value) {
  std::uint64_t result = 0;
  if (*digits == 0) return false;
  for (; *digits != 0; ++digits) {
    if (*digits < '0' || *digits > '9') return false;
    result = result * 10 + static_cast<std::uint64_t>(*digits - '0');
  }
  value = result;
  return true;
}

void read_environment(char** environment) {
  for (; environment != nullptr && *environment != nullptr; ++environment) {
    std::uint64_t number = 0;
    if (const char* seed_text = value_of(*environment, "LOCKSTEP_SEED")) {
      parse_number(seed_text, own_seed);
    } else if (const char* engine_text = value_of(*environment, "LOCKSTEP_ENGINE")) {
      for (own_engine_length = 0; own_engine_length < sizeof own_engine && engine_text[own_engine_length] != 0; ++own_engine_length)
        own_engine[own_engine_length] = engine_text[own_engine_length];
    } else if (const char* rank_text = value_of(*environment, "OMPI_COMM_WORLD_RANK"); rank_text && parse_number(rank_text, number)) {
      own_rank = static_cast<int>(number);
    }
  }
}

void read_token() {
  unsigned char token[token_bytes];
  std::size_t got = 0;
  while (got < token_bytes) {
    long n = raw::call(SYS_read, token_descriptor, token + got, token_bytes - got);
    if (n == -EINTR) continue;
    if (n <= 0) break;
    got += static_cast<std::size_t>(n);
  }
  if (got < token_bytes) return;
  raw::copy(&key, token, token_bytes);
  raw::clear(token, token_bytes);
  raw::call(SYS_close, token_descriptor);
  is_connected = raw::call(SYS_fcntl, records_descriptor, F_SETFD, FD_CLOEXEC) == 0;
}

void before_constructors(int, char**, char** environment) {
  main_pid = own_pid();
  read_environment(environment);
  read_token();
}

[[gnu::section(".preinit_array"), gnu::used]] void (*start)(int, char**, char**) = &before_constructors;

void write_whole(const unsigned char* record, std::size_t count) {
  for (;;) {
    long n = raw::call(SYS_write, records_descriptor, record, count);
    if (n == -EINTR) continue;
    if (n != -EAGAIN) return;  // written, or nobody listens any more: the missing end record says so
    pollfd ready{records_descriptor, POLLOUT, 0};
    raw::call(SYS_poll, &ready, 1, -1);
  }
}

}  // namespace

bool connected() { return is_connected; }
int main_process() { return main_pid; }
bool in_main_process() { return own_pid() == main_pid; }
std::uint64_t seed() { return own_seed; }
std::string_view engine() { return {own_engine, own_engine_length}; }
void set_rank(int rank) { own_rank = rank; }
int rank() { return own_rank; }

Message::Message(RecordType type) : type_(type), wanted_(is_connected) {
  if (wanted_) sequence_ = __atomic_fetch_add(&next_sequence, 1, __ATOMIC_RELAXED);
}

Message::~Message() {
  if (wanted_) send(true);
}

void Message::bytes(const void* from, std::size_t count) {
  const auto* next = static_cast<const unsigned char*>(from);
  while (wanted_ && count > 0) {
    if (used_ == payload_bytes) send(false);
    std::size_t room = payload_bytes - used_;
    std::size_t now = count < room ? count : room;
    raw::copy(record_ + sizeof(RecordHeader) + used_, next, now);
    used_ += now, next += now, count -= now;
  }
}

void Message::send(bool last) {
  RecordHeader header;
  header.magic = record_magic;
  header.type = static_cast<std::uint16_t>(type_);
  header.length = static_cast<std::uint16_t>(used_);
  header.rank = own_rank;
  header.pid = static_cast<std::uint32_t>(own_pid());
  header.sequence = sequence_;
  header.part = part_++;
  header.last = last ? 1 : 0;
  SipHash hash(key);
  hash.add(reinterpret_cast<const unsigned char*>(&header), offsetof(RecordHeader, seal));
  hash.add(record_ + sizeof header, used_);
  header.seal = hash.finish();
  raw::copy(record_, &header, sizeof header);
  write_whole(record_, sizeof header + used_);
  used_ = 0;
}

void Message::number(std::uint64_t value) { bytes(&value, sizeof value); }

void Message::text(std::string_view value) {
  number(value.size());
  bytes(value.data(), value.size());
}

void Message::frames(std::span<const std::uintptr_t> pcs) {
  number(pcs.size());
  for (std::uintptr_t pc : pcs) {
    char address[512];
    text({address, describe_address(pc, address, sizeof address)});
  }
}

}  // namespace lockstep::channel
