// "Did you mean ...?": the known word that is closest to a mistyped one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::catalog {

// Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b` (optimal string alignment distance).
std::size_t edit_distance(std::string_view a, std::string_view b);

// Up to `count` of `known`, nearest first; only those near enough to be meant: at most a third of the letters differ, or one holds the other.
std::vector<std::string> nearest_words(std::string_view word, const std::vector<std::string>& known, std::size_t count);

// ", did you mean `x`?" for a message, or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace lockstep::catalog
