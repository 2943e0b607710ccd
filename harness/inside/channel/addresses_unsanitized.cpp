// Addresses of this process as "module+0x1234", read from /proc/self/maps (proc(5)): it needs no lock of the dynamic loader, so a hook that
// runs while the loader is busy cannot hang, and it knows libraries that were loaded a moment ago.
#include <elf.h>
#include <fcntl.h>
#include <sys/syscall.h>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/channel/raw_syscalls.hpp"

extern "C" const Elf64_Ehdr __ehdr_start;  // the executable's own header, from the linker

namespace lockstep::channel {
namespace {

// One character after the other from a file, through a small buffer.
class Characters {
 public:
  explicit Characters(const char* path) : descriptor_(static_cast<int>(raw::call(SYS_open, path, O_RDONLY | O_CLOEXEC))) {}
  ~Characters() {
    if (descriptor_ >= 0) raw::call(SYS_close, descriptor_);
  }
  Characters(const Characters&) = delete;
  Characters& operator=(const Characters&) = delete;

  int next() {  // -1: end
    if (position_ == size_) {
      size_ = descriptor_ < 0 ? 0 : raw::call(SYS_read, descriptor_, buffer_, sizeof buffer_);
      position_ = 0;
      if (size_ <= 0) return size_ = 0, -1;
    }
    return static_cast<unsigned char>(buffer_[position_++]);
  }

 private:
  int descriptor_;
  long size_ = 0;
  long position_ = 0;
  char buffer_[512];
};

// Reads hexadecimal digits up to the first other character, which is left in `stop`.
std::uintptr_t read_hex(Characters& from, int& stop) {
  std::uintptr_t value = 0;
  for (;;) {
    int c = stop = from.next();
    if (c >= '0' && c <= '9')
      value = value * 16 + static_cast<std::uintptr_t>(c - '0');
    else if (c >= 'a' && c <= 'f')
      value = value * 16 + static_cast<std::uintptr_t>(c - 'a' + 10);
    else
      return value;
  }
}

std::size_t append_hex(std::uintptr_t value, char* to, std::size_t at, std::size_t size) {
  char digits[18];
  std::size_t count = 0;
  do digits[count++] = "0123456789abcdef"[value % 16];
  while ((value /= 16) != 0);
  digits[count++] = 'x', digits[count++] = '0';
  while (count > 0 && at < size) to[at++] = digits[--count];
  return at;
}

// The load address that addr2line wants subtracted: none for an executable that is linked to a fixed place.
std::uintptr_t bias_of(std::uintptr_t first_mapping) {
  auto own = reinterpret_cast<std::uintptr_t>(&__ehdr_start);
  return first_mapping == own && __ehdr_start.e_type == ET_EXEC ? 0 : first_mapping;
}

}  // namespace

std::size_t describe_address(std::uintptr_t pc, char* to, std::size_t size) {
  Characters maps("/proc/self/maps");
  std::uintptr_t module_start = 0;
  int c = 0;
  while (c != -1) {  // start-end perms offset device inode   path
    std::uintptr_t start = read_hex(maps, c);
    if (c != '-') break;
    std::uintptr_t end = read_hex(maps, c);
    while (c != -1 && maps.next() != ' ') {
    }
    std::uintptr_t offset = read_hex(maps, c);
    if (offset == 0) module_start = start;
    do c = maps.next();
    while (c != -1 && c != '\n' && c != '/');
    bool here = pc >= start && pc < end;
    std::size_t used = 0;
    for (; c != -1 && c != '\n'; c = maps.next())
      if (here && used < size) to[used++] = static_cast<char>(c);
    if (!here) continue;
    if (used == 0) break;
    if (used + 20 > size) used = size - 20;
    to[used++] = '+';
    return append_hex(pc - bias_of(module_start), to, used, size);
  }
  return append_hex(pc, to, 0, size);
}

}  // namespace lockstep::channel
