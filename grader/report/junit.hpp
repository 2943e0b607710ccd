// JUnit XML, as GitLab, Jenkins, CodeGrade and the usual GitHub actions read it: <testsuites> with one <testsuite> (the exercise) and one <testcase> per check.
// The format has no official schema; https://github.com/testmoapp/junitxml describes what its readers agree on. No <properties>: CodeGrade refuses them.
#pragma once

#include <string>

#include "grader/report/render_input.hpp"

namespace lockstep::report {

// passed: no child; the submission's fault: <failure type="data_race">; ours: <error>; blocked or with the instructor: <skipped>.
std::string render_junit(const RenderInput& input);

}  // namespace lockstep::report
