// record.json: the stored form of a record, and the only form that is read back.
//
// One object with four members:
//   "schema"     the number that decides whether a program can read the rest
//   "verdict"    exercise, versions, seed, checks and score: the same bytes for the same submission, exercise, toolchain and seed
//   "evidence"   files, findings and runs: what the verdicts rest on; may differ between two gradings
//   "durations"  where the time went
// Keys stand in a fixed order. Text that is not UTF-8 (a program may print anything) is stored with U+FFFD in place of each bad byte. Seeds are
// stored as strings, because many readers of JSON keep only 53 bits of a number.
#pragma once

#include <string>
#include <string_view>

#include "harness/model/record.hpp"

namespace lockstep::report {

// What a test program printed is stored up to this many bytes per stream: its beginning and its end.
inline constexpr std::size_t stored_output_bytes = 16 * 1024;
// Any other text is cut after this many bytes.
inline constexpr std::size_t stored_text_bytes = 1024 * 1024;

// The whole file, pretty printed, with a newline at its end.
std::string render_record(const model::Record& record);

// The "verdict" member alone, for comparing two gradings byte by byte.
std::string verdict_section(const model::Record& record);

// Reads what render_record wrote. Throws model::UsageError that names `file` and the place of the defect: text that is not JSON (line and
// column), a key that is missing, unknown or of the wrong type (its path), a score that does not follow from the checks, or a newer schema.
model::Record parse_record(std::string_view text, const std::string& file);

}  // namespace lockstep::report
