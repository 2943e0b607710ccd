// A program of somebody's own under the engine lockstep or tsan: compiled as the instrumented objects of submissions are, its main renamed, its symbols its
// own. The object is the same for both; only what it is linked with differs.
#pragma once

#include "harness/build/course_objects.hpp"

namespace lockstep::build {

BuiltProgram build_explored(const Program& program, model::Engine engine, const Path& folder, const Toolchain& toolchain, CourseObjects& course, run::ProcessRunner& runner);

}  // namespace lockstep::build
