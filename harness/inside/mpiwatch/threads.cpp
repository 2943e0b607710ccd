#include "harness/inside/mpiwatch/threads.hpp"

#include <mpi.h>

#include <thread>

#include "harness/inside/mpiwatch/findings.hpp"

namespace lockstep::mpiwatch {
namespace {

int level = MPI_THREAD_SERIALIZED;
std::thread::id main_thread;
Site latest{};

}  // namespace

void allow_threads(int granted) {
  level = granted;
  main_thread = std::this_thread::get_id();
}

int allowed_threads() { return level; }

void note_call(const Site& site) {
  latest = site;
  if (level > MPI_THREAD_FUNNELED || main_thread == std::thread::id() || std::this_thread::get_id() == main_thread) return;
  report_and_end("thread_level", own_words() + ": " + call_words(site) + " is called by another thread than the one that started MPI; " +
                                     (level == MPI_THREAD_SINGLE ? "MPI_THREAD_SINGLE" : "MPI_THREAD_FUNNELED") + " was granted.");
}

const Site& last_call() { return latest; }

}  // namespace lockstep::mpiwatch
