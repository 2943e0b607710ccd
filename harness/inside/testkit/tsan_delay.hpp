// Random delays at the student's synchronisation, in the tsan profile: the build renames the calls of the student's object, by
// redirect_tsan.syms, to the thunks of tsan_delay_thunks.cpp.
#pragma once

// Called before an operation. Keeps errno and orders nothing.
extern "C" void lockstep_delay_synchronisation();
extern "C" void lockstep_delay_atomic();
