// The symbol table is not part of what is loaded, so the file is mapped once more (elf(5)); addr2line(1) knows functions only.
#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "harness/inside/channel/raw_syscalls.hpp"
#include "harness/inside/testkit/tsan_symbol.hpp"

extern "C" const Elf64_Ehdr __ehdr_start;

namespace lockstep::testkit {
namespace {

struct Mapped {
  const unsigned char* bytes = nullptr;
  std::uint64_t size = 0;

  Mapped() {
    const long file = raw::call(SYS_open, "/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    struct stat status;
    if (raw::call(SYS_fstat, file, &status) == 0) {
      const long at = raw::call(SYS_mmap, 0, status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
      if (at > 0 || at < -4096) bytes = reinterpret_cast<const unsigned char*>(at), size = static_cast<std::uint64_t>(status.st_size);
    }
    raw::call(SYS_close, file);
  }
  ~Mapped() {
    if (bytes != nullptr) raw::call(SYS_munmap, bytes, size);
  }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;

  bool holds(std::uint64_t offset, std::uint64_t count) const { return offset <= size && count <= size - offset; }
};

}  // namespace

std::size_t name_of_object(std::uintptr_t address, char* to, std::size_t size) {
  const Mapped file;
  if (!file.holds(0, sizeof(Elf64_Ehdr))) return 0;
  const auto* header = reinterpret_cast<const Elf64_Ehdr*>(file.bytes);
  const std::uintptr_t bias = header->e_type == ET_EXEC ? 0 : reinterpret_cast<std::uintptr_t>(&__ehdr_start);
  if (header->e_shentsize != sizeof(Elf64_Shdr) || !file.holds(header->e_shoff, header->e_shnum * sizeof(Elf64_Shdr))) return 0;
  const auto* sections = reinterpret_cast<const Elf64_Shdr*>(file.bytes + header->e_shoff);
  for (unsigned i = 0; i < header->e_shnum; ++i) {
    const Elf64_Shdr& table = sections[i];
    if (table.sh_type != SHT_SYMTAB || table.sh_link >= header->e_shnum || !file.holds(table.sh_offset, table.sh_size)) continue;
    const Elf64_Shdr& names = sections[table.sh_link];
    if (!file.holds(names.sh_offset, names.sh_size)) continue;
    const auto* symbols = reinterpret_cast<const Elf64_Sym*>(file.bytes + table.sh_offset);
    for (std::uint64_t s = 0; s < table.sh_size / sizeof(Elf64_Sym); ++s) {
      if (ELF64_ST_TYPE(symbols[s].st_info) != STT_OBJECT || address - bias - symbols[s].st_value >= symbols[s].st_size) continue;
      std::size_t used = 0;
      for (std::uint64_t at = symbols[s].st_name; at < names.sh_size && used < size; ++at) {
        const char c = static_cast<char>(file.bytes[names.sh_offset + at]);
        if (c == 0) break;
        to[used++] = c;
      }
      return used;
    }
  }
  return 0;
}

}  // namespace lockstep::testkit
