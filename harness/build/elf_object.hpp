// What the audit and the link hygiene need to know of a relocatable object: its symbols and the names of its sections. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::build {

enum class Binding { local, global, weak, unique };

struct Symbol {
  std::string name;  // mangled
  Binding binding = Binding::local;
  bool defined = false;
  bool data = false;   // an object or a thread-local one
  bool ifunc = false;  // resolved by running code before everything else

  bool strong() const { return binding == Binding::global || binding == Binding::unique; }
};

struct ObjectFile {
  std::vector<Symbol> symbols;  // named ones
  std::vector<std::string> sections;
};

// System V ABI, x86-64: ELF64, little endian. Throws model::Fault if `bytes` is no such object.
ObjectFile parse_object(std::string_view bytes);

// What an object asks of others when it is linked, and what it shares with them.
struct LinkNames {
  std::vector<std::string> wanted;       // of the course's interface: only the student can define them
  std::vector<std::string> shared_data;  // of inline functions and variables, of which a program has one copy however many objects define
                                         // it: the tables of waiters behind std::atomic::wait, say
};
bool is_shared_data(const Symbol& symbol);
bool has_fences(const ObjectFile& object);  // atomic_thread_fence of an instrumented one
LinkNames link_names(const ObjectFile& object);

}  // namespace lockstep::build
