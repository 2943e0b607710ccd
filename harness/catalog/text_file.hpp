// Reads a file of the course itself, which the instructor wrote and which may be a link.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace lockstep::catalog {

// Nothing if it is no readable file.
std::optional<std::string> read_text_file(const std::filesystem::path& path);

}  // namespace lockstep::catalog
