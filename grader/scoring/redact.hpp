// What a student may see of a record: everything about the public checks and about their own files, nothing of the hidden tests.
#pragma once

#include "harness/model/record.hpp"

namespace lockstep::scoring {

// A hidden check keeps its id, sentence, points, engine and verdict. Its findings become one generic finding per check: no test names, expected
// values, test code, program output, or paths of tests. Places in the student's own files stay for a data race, a crash and a deadlock, because
// they teach and give nothing away; of their functions only the plain name stays, because template arguments may be types of a test. The record
// does not say which program a check runs, and a record that was scored again holds runs of checks that are gone: so with a hidden check, all
// runs are left out (findings hold what a student needs of them), and notes and durations do not name programs and tests.
model::Record redact(const model::Record& record);

// "std::future<Secret> pdc::Pool<Secret>::submit<Secret>(Secret)" -> "pdc::Pool::submit". Empty if no plain name can be told.
std::string plain_function_name(const std::string& demangled);

}  // namespace lockstep::scoring
