// The forms that names of the course have, and names of unknown origin made fit for a message.
#pragma once

#include <string>
#include <string_view>

namespace lockstep::catalog {

bool is_snake_case(std::string_view name);    // "no_lost_wakeup": a letter first, then letters, digits and single underscores
bool is_chapter_name(std::string_view name);  // "02_threads": two digits, an underscore, snake_case
bool is_plain_source_name(std::string_view name, bool header_too);  // "bank.cpp", and "bank.hpp" if asked: no folder, no leading dot or dash

// In backquotes; control characters, bytes that are not UTF-8 and backquotes escaped as \xNN (newline as \n), at most 80 bytes of it.
std::string in_quotes(std::string_view name);

// 1-based line of the first byte that is no part of a well-formed UTF-8 sequence; 0 if there is none.
std::size_t first_line_not_utf8(std::string_view text);

}  // namespace lockstep::catalog
