// A preprocessed file, told apart by where its text comes from. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/build/tokens.hpp"

namespace lockstep::build {

struct Preprocessed {
  std::vector<Token> own;      // of the file itself and of the macros it calls, with the lines that they have in the file
  std::vector<Token> headers;  // of all that it includes, and of what the macros of system headers stand for
};

// `text`: what `c++ -E` prints, with its line markers (cpp(1), "Preprocessor Output"). Own are the source itself, if `own_source`, and the
// included files whose paths end with one of `own_endings`. A submission can give its lines any name with #line, so only the name counts with
// which a file was entered.
Preprocessed tell_apart(std::string_view text, bool own_source, const std::vector<std::string>& own_endings);

}  // namespace lockstep::build
