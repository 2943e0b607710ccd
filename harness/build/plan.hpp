// The argument vectors of every tool that the build starts. Pure: no file is looked at.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "harness/build/build.hpp"
#include "harness/build/profile.hpp"

namespace lockstep::build {

using Argv = std::vector<std::string>;
using Path = std::filesystem::path;

struct CompileTask {
  Path source;
  Path object;
  Path dependencies;  // a make rule of every header that is not the system's; empty: none is written
  Path prelude;       // precompiled prelude of the same profile (without gcc's ".gch"); empty: none
  std::vector<Path> include;
  std::vector<std::pair<Path, std::string>> names;  // folder -> what __FILE__ calls it ("": nothing), and debug information with "./" before it
  std::vector<std::string> defines;
  bool instrument = true;
  bool header = false;  // `object` is a precompiled header of `source`
};

Argv plan_compile(const CompileTask& task, const Profile& profile, const Toolchain& toolchain);

// The same source, prelude and options, but only as far as preprocessing, to stdout.
Argv plan_preprocess(CompileTask task, const Profile& profile, const Toolchain& toolchain);

// The name of the precompiled form of "prelude.hpp" for that compiler.
std::string precompiled_name(const Toolchain& toolchain);

// Several objects into one whose section groups are dissolved, so that symbols of inline functions can be made local like any others.
Argv plan_merge(const std::vector<Path>& objects, const Path& merged, const Toolchain& toolchain);

// All but the listed symbols become local; `redirect` (may be empty) renames undefined ones.
Argv plan_localise(const Path& object, const Path& result, const Path& keep_list, const Path& redirect_list, const Toolchain& toolchain);

Argv plan_link(const std::vector<Path>& objects, const Path& executable, const Profile& profile, const Toolchain& toolchain);

Argv plan_disassemble(const Path& object, const Toolchain& toolchain);

}  // namespace lockstep::build
