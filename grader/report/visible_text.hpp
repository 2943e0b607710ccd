// Text that a hostile program may have written, made fit to be shown: nothing in it moves a cursor, reorders what surrounds it or hides.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::report {

// Valid UTF-8 in which every character can be seen. Colour codes of terminals (ESC [ ... m) are dropped; any other control character becomes its picture
// (ESC becomes U+241B); characters that reorder or hide text (bidirectional controls, CVE-2021-42574; U+2028; U+FEFF) and those that XML 1.0
// forbids become an escape such as \u{202E}. Tabs and line feeds stay; a carriage return before a line feed is dropped.
std::string visible_text(std::string_view bytes);

// The same on one line: line feeds and tabs become spaces, spaces at both ends are dropped.
std::string visible_line(std::string_view bytes);

// The lines of visible text, without their line feeds; tabs become spaces up to the next multiple of 4 columns. A last line that is empty is dropped.
std::vector<std::string> visible_lines(std::string_view bytes);

// Columns that a terminal needs for visible text, after Unicode's East Asian Width: 2 for wide characters and emoji, 0 for combining marks.
int columns(std::string_view text);

// At most `limit` columns (at least 1), ending in "…" if something was cut.
std::string clip(std::string_view text, int limit);

// Words of `text` (one line), wrapped to `width` columns (at least 2). A word that is longer is broken.
std::vector<std::string> wrap(std::string_view text, int width);

// The first `head` and the last `tail` of `lines`, each clipped to `limit` columns, with a line between them that says how many were left out.
std::vector<std::string> shorten(const std::vector<std::string>& lines, std::size_t head, std::size_t tail, int limit);

// The code point at `at` (valid UTF-8, before its end), and moves `at` behind it.
char32_t next_code_point(std::string_view text, std::size_t& at);

}  // namespace lockstep::report
