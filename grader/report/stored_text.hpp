// Text of unknown origin made fit for storing: valid UTF-8, and not longer than its reader can bear. Both functions leave text that is fit
// unchanged.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lockstep::report {

// Every byte that is no part of a well-formed sequence (Unicode 15, table 3-7: no overlong forms, no surrogates) becomes U+FFFD.
std::string repair_utf8(std::string_view bytes);

// At most `limit` bytes of valid UTF-8: beginning and end, with a line between them that says how much is missing. `limit` is at least 128.
std::string cut_middle(std::string text, std::size_t limit);

}  // namespace lockstep::report
