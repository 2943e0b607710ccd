// Which files of an exercise are the exercise's own, and what in a submission differs from them and does not count.
#pragma once

#include <string>
#include <vector>

#include "harness/catalog/source_file.hpp"
#include "harness/model/exercise.hpp"

namespace lockstep::catalog {

// Files that a workspace gets beside the edit files, relative to the exercise's folder, sorted: its headers, and what is in tests/.
std::vector<std::string> canonical_files(const model::Exercise& exercise);

// One line for each file of a submission that is neither an edit file nor the same as in the exercise; sorted, at most 20. Empty if the
// submission is the exercise's folder itself: then nothing tells the student's files from the exercise's. Names that begin with a dot are not
// looked at.
std::vector<std::string> list_ignored(const model::Exercise& exercise, const Folder& submission);

}  // namespace lockstep::catalog
