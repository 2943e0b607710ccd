// Places in a text that are still addresses: "thread T2 (created at <place>)".
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::observe {

// A place is a stack of raw addresses between marks that no printable text holds.
std::string place_to_find(const std::vector<std::string>& stack);

// Every stack of addresses in `text`, and `text` with each stack replaced by what `name` makes of it.
std::vector<std::vector<std::string>> stacks_in(std::string_view text);
std::string with_places(std::string_view text, const std::function<std::string(const std::vector<std::string>&)>& name);

// The C++ name of a linker symbol; the symbol itself if it is none.
std::string demangled(const std::string& symbol);

}  // namespace lockstep::observe
