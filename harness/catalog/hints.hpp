// HINTS.md: exactly three sections with the level-2 headings `## 1`, `## 2` and `## 3`, weakest first. What stands before the first section (a
// title) is not part of a hint; a heading inside a fenced code block is not a heading.
#pragma once

#include <string>
#include <vector>

#include "harness/catalog/catalog.hpp"

namespace lockstep::catalog {

// The text of each section, without the blank lines around it.
std::vector<std::string> parse_hints(const std::string& text, const std::string& file, std::vector<Problem>& problems);

}  // namespace lockstep::catalog
