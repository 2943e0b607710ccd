// LeakSanitizer, asked at a moment of our choosing.
#pragma once

namespace lockstep::testkit {

// Emits a record for every block that nothing points to any more. Does nothing in a program without LeakSanitizer. Called once, when the
// tests and the static destructors are done.
void report_leaks();

}  // namespace lockstep::testkit
