// Text made inert for GitHub Flavored Markdown (https://github.github.com/gfm/).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::report {

// One line of visible text as it stands: no emphasis, code, link, image, HTML, table cell, mention, issue reference or automatic link begins in it. Every
// character that can begin something gets a backslash; where GitHub and GitLab look at the rendered text once more (@name, #1, http://, www.), a zero width
// space parts what they look for.
std::string escape_markdown(std::string_view line);

// A fenced code block whose fence no line of it can close. `info` is the language, or empty.
std::string fenced(const std::vector<std::string>& lines, std::string_view info);

}  // namespace lockstep::report
