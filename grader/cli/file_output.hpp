// Files that are either whole or not there.
#pragma once

#include <filesystem>
#include <string>

namespace lockstep::cli {

// Writes through a temporary file in the same folder, fsync(2) and rename(2); makes the folder. Throws model::UsageError that names the file,
// the reason (read-only, full, no such folder) and leaves nothing behind.
void write_whole(const std::filesystem::path& file, const std::string& text);

// Makes the folder if it is not there, and throws model::UsageError that names it and the reason if nothing can be written to it.
void require_writable(const std::filesystem::path& folder);

// Throws model::UsageError that names the file and the reason.
std::string read_whole(const std::filesystem::path& file);

}  // namespace lockstep::cli
