#pragma once

namespace lockstep::engine {

// Once, before the first execution.
void prepare_threads();

// In the parent: the program did something before main that no execution can own. Later executions are not controlled, with this reason.
void note_uncontrolled(const char* what);

// pthread_exit on the first thread: it ends, the others go on; the process ends with the last.
[[noreturn]] void finish_main_early();

}  // namespace lockstep::engine
