// Which threads may call MPI (MPI 3.1, 12.4), and which call came last.
#pragma once

#include "harness/inside/mpiwatch/site.hpp"

namespace lockstep::mpiwatch {

void allow_threads(int level);  // MPI_THREAD_SINGLE ...; called by the thread that is MPI's main thread from now on
int allowed_threads();

// A call begins. Reports and ends the launch if this thread may not make it.
void note_call(const Site& site);
const Site& last_call();

}  // namespace lockstep::mpiwatch
