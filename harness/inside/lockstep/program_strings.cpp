// Memory and string functions as the program calls them (redirect.syms): compilers leave them uninstrumented, and inside libc the accesses would
// be nobody's. The real function does the work; what it touches is noted first.
#include <string.h>

#include "harness/inside/lockstep/engine.hpp"
#include "harness/inside/lockstep/shadow.hpp"

using namespace lockstep::engine;

namespace {

void note_use(const void* at, std::size_t size, std::uint8_t flags, const void* pc) {
  if (!controlled() || size == 0) return;
  const Inside inside;
  note_access(reinterpret_cast<std::uintptr_t>(at), size, flags, reinterpret_cast<std::uintptr_t>(pc));
}

}  // namespace

#define HERE __builtin_return_address(0)

extern "C" {

void* lockstep_memcpy(void* to, const void* from, size_t size) {
  note_use(from, size, access_read, HERE);
  note_use(to, size, access_write, HERE);
  return memcpy(to, from, size);
}

void* lockstep_memmove(void* to, const void* from, size_t size) {
  note_use(from, size, access_read, HERE);
  note_use(to, size, access_write, HERE);
  return memmove(to, from, size);
}

void* lockstep_memset(void* to, int value, size_t size) {
  note_use(to, size, access_write, HERE);
  return memset(to, value, size);
}

int lockstep_memcmp(const void* a, const void* b, size_t size) {
  note_use(a, size, access_read, HERE);
  note_use(b, size, access_read, HERE);
  return memcmp(a, b, size);
}

size_t lockstep_strlen(const char* text) {
  const size_t length = strlen(text);
  note_use(text, length + 1, access_read, HERE);
  return length;
}

char* lockstep_strcpy(char* to, const char* from) {
  const size_t size = strlen(from) + 1;
  note_use(from, size, access_read, HERE);
  note_use(to, size, access_write, HERE);
  return strcpy(to, from);
}

int lockstep_strcmp(const char* a, const char* b) {
  note_use(a, strlen(a) + 1, access_read, HERE);
  note_use(b, strlen(b) + 1, access_read, HERE);
  return strcmp(a, b);
}

char* lockstep_strncpy(char* to, const char* from, size_t size) {
  const size_t length = strnlen(from, size);
  note_use(from, length < size ? length + 1 : size, access_read, HERE);
  note_use(to, size, access_write, HERE);
  return strncpy(to, from, size);
}

}  // extern "C"
