#include "harness/inside/mpiwatch/site.hpp"

#include <link.h>

#include <cstdio>
#include <cstring>

#include "harness/inside/mpiwatch/types.hpp"

extern "C" const ElfW(Ehdr) __ehdr_start;  // of the executable; the linker defines it

namespace lockstep::mpiwatch {
namespace {

std::uintptr_t base() { return reinterpret_cast<std::uintptr_t>(&__ehdr_start); }

}  // namespace

Site site_of(const char* call, const void* return_address) {
  Site site{};
  // A return address belongs to the instruction behind the call.
  site.offset = reinterpret_cast<std::uintptr_t>(return_address) - 1 - base();
  std::strncpy(site.call, call, sizeof site.call - 1);
  site.count = -1;
  return site;
}

Site site_of(const char* call, const void* return_address, std::int64_t count, MPI_Datatype type) {
  Site site = site_of(call, return_address);
  site.count = count;
  std::strncpy(site.type, name_of_type(type), sizeof site.type - 1);
  return site;
}

std::uintptr_t address_of(const Site& site) { return site.offset == 0 ? 0 : base() + site.offset; }

std::string in_words(const Site& site) {
  if (site.count < 0) return site.call;
  return std::string(site.call) + "(" + std::to_string(site.count) + " x " + site.type + ")";
}

}  // namespace lockstep::mpiwatch
