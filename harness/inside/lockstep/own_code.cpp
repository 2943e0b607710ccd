#include "harness/inside/lockstep/own_code.hpp"

#include <elf.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

extern "C" const char __executable_start;
extern "C" const char etext;

namespace lockstep::engine {
namespace {

struct Range {
  std::uintptr_t begin, end;
  bool operator<(const Range& other) const { return begin < other.begin; }
};

std::vector<Range>* library_locks = nullptr;
std::vector<Range>* framework = nullptr;

bool within(const std::vector<Range>* ranges, std::uintptr_t pc) {
  if (!ranges) return false;
  auto after = std::upper_bound(ranges->begin(), ranges->end(), Range{pc, 0});
  return after != ranges->begin() && pc <= (after - 1)->end;
}

void read_symbols(const char* file, std::size_t size) {
  const auto* head = reinterpret_cast<const Elf64_Ehdr*>(file);
  if (size < sizeof *head || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 || head->e_shoff + head->e_shnum * sizeof(Elf64_Shdr) > size) return;
  const auto* sections = reinterpret_cast<const Elf64_Shdr*>(file + head->e_shoff);
  const std::uintptr_t base = head->e_type == ET_DYN ? reinterpret_cast<std::uintptr_t>(&__executable_start) : 0;
  for (int i = 0; i < head->e_shnum; ++i) {
    const Elf64_Shdr& table = sections[i];
    if (table.sh_type != SHT_SYMTAB || table.sh_offset + table.sh_size > size) continue;
    const char* names = file + sections[table.sh_link].sh_offset;
    const auto* symbols = reinterpret_cast<const Elf64_Sym*>(file + table.sh_offset);
    for (std::size_t s = 0; s < table.sh_size / sizeof(Elf64_Sym); ++s) {
      const Elf64_Sym& symbol = symbols[s];
      if (ELF64_ST_TYPE(symbol.st_info) != STT_FUNC || symbol.st_size == 0) continue;
      const char* name = names + symbol.st_name;
      const Range range{base + symbol.st_value, base + symbol.st_value + symbol.st_size};
      if (strstr(name, "_Sp_atomic")) library_locks->push_back(range);
      if (strncmp(name, "_ZN7testing", 11) == 0 || strncmp(name, "_ZNK7testing", 12) == 0) framework->push_back(range);
    }
  }
  std::sort(library_locks->begin(), library_locks->end());
  std::sort(framework->begin(), framework->end());
}

}  // namespace

void read_own_code() {
  library_locks = new std::vector<Range>;
  framework = new std::vector<Range>;
  const int file = ::open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0) return;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes != MAP_FAILED) {
    read_symbols(static_cast<const char*>(bytes), size);
    munmap(bytes, size);
  }
  ::close(file);
}

bool in_executable(std::uintptr_t pc) { return pc >= reinterpret_cast<std::uintptr_t>(&__executable_start) && pc < reinterpret_cast<std::uintptr_t>(&etext); }
bool in_library_lock(std::uintptr_t pc) { return within(library_locks, pc); }
bool in_test_framework(std::uintptr_t pc) { return within(framework, pc); }

}  // namespace lockstep::engine
