// A program of somebody's own under the engine lockstep: compiled as the instrumented objects of submissions are, its main renamed, its symbols its own.
#pragma once

#include "harness/build/course_objects.hpp"

namespace lockstep::build {

BuiltProgram build_explored(const Program& program, const Path& folder, const Toolchain& toolchain, CourseObjects& course, run::ProcessRunner& runner);

}  // namespace lockstep::build
