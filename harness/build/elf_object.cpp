#include "harness/build/elf_object.hpp"

#include <elf.h>

#include <algorithm>
#include <cstring>

#include "harness/build/symbol_names.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

[[noreturn]] void malformed() { throw model::Fault("the compiler wrote an object file that cannot be read"); }

std::string_view slice(std::string_view bytes, std::uint64_t offset, std::uint64_t size) {
  if (offset > bytes.size() || size > bytes.size() - offset) malformed();
  return bytes.substr(offset, size);
}

template <class T>
T read(std::string_view bytes, std::uint64_t offset) {
  T value;
  std::memcpy(&value, slice(bytes, offset, sizeof(T)).data(), sizeof(T));
  return value;
}

std::string name_at(std::string_view table, std::uint64_t offset) {
  if (offset >= table.size()) malformed();
  const std::string_view rest = table.substr(offset);
  const std::size_t end = rest.find('\0');
  if (end == std::string_view::npos) malformed();
  return std::string(rest.substr(0, end));
}

Binding binding_of(unsigned char info) {
  switch (ELF64_ST_BIND(info)) {
    case STB_LOCAL: return Binding::local;
    case STB_WEAK: return Binding::weak;
    case STB_GNU_UNIQUE: return Binding::unique;
    default: return Binding::global;
  }
}

}  // namespace

ObjectFile parse_object(std::string_view bytes) {
  const auto header = read<Elf64_Ehdr>(bytes, 0);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_shoff == 0 ||
      header.e_shentsize != sizeof(Elf64_Shdr))
    malformed();
  // More than 65279 sections: the true numbers stand in section 0.
  const auto first = read<Elf64_Shdr>(bytes, header.e_shoff);
  const std::uint64_t count = header.e_shnum != 0 ? header.e_shnum : first.sh_size;
  const std::uint64_t names_index = header.e_shstrndx != SHN_XINDEX ? header.e_shstrndx : first.sh_link;
  if (count > bytes.size() / sizeof(Elf64_Shdr) || names_index >= count) malformed();
  const auto section = [&](std::uint64_t index) { return read<Elf64_Shdr>(bytes, header.e_shoff + index * sizeof(Elf64_Shdr)); };
  const auto contents = [&](const Elf64_Shdr& row) { return slice(bytes, row.sh_offset, row.sh_size); };

  ObjectFile object;
  const std::string_view section_names = contents(section(names_index));
  for (std::uint64_t i = 1; i < count; ++i) {
    const Elf64_Shdr row = section(i);
    object.sections.push_back(name_at(section_names, row.sh_name));
    if (row.sh_type != SHT_SYMTAB) continue;
    if (row.sh_link >= count) malformed();
    const std::string_view table = contents(row), names = contents(section(row.sh_link));
    for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.size(); at += sizeof(Elf64_Sym)) {
      const auto entry = read<Elf64_Sym>(table, at);
      const int type = ELF64_ST_TYPE(entry.st_info);
      if (entry.st_name == 0 || type == STT_SECTION || type == STT_FILE) continue;
      object.symbols.push_back({.name = name_at(names, entry.st_name),
                                .binding = binding_of(entry.st_info),
                                .defined = entry.st_shndx != SHN_UNDEF,
                                .data = type == STT_OBJECT || type == STT_TLS || type == STT_COMMON,
                                .ifunc = type == STT_GNU_IFUNC});
    }
  }
  return object;
}

bool is_shared_data(const Symbol& symbol) { return symbol.data && symbol.defined && symbol.binding == Binding::weak; }

bool has_fences(const ObjectFile& object) {
  return std::any_of(object.symbols.begin(), object.symbols.end(), [](const Symbol& symbol) { return symbol.name == "__tsan_atomic_thread_fence"; });
}

LinkNames link_names(const ObjectFile& object) {
  LinkNames names;
  for (const Symbol& symbol : object.symbols) {
    if (!symbol.defined && symbol.binding != Binding::local && is_course_symbol(symbol.name)) names.wanted.push_back(symbol.name);
    if (is_shared_data(symbol)) names.shared_data.push_back(symbol.name);
  }
  return names;
}

}  // namespace lockstep::build
