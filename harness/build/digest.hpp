// SHA-256, the name of everything that is cached.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::build {

std::string sha256(std::string_view bytes);  // 64 hexadecimal digits

// Nothing if the file cannot be read.
std::optional<std::string> sha256_of_file(const std::filesystem::path& file);

// The whole file; nothing if it cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& file);

}  // namespace lockstep::build
