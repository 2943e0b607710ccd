// What a task of a hang waits for, and what a student should ask then. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/model/observation.hpp"
#include "harness/model/record.hpp"

namespace lockstep::judge {

enum class Awaited {
  mutex,
  notification,
  thread_end,
  semaphore,
  atomic,
  future,
  rendezvous,
  memory,
  pipe_data,
  pipe_room,
  child,
  receive,
  send,
  request,
  collective,
  other
};

// The kernel says that a thread sleeps on a word of memory; the library functions above the student's line say what that word belongs to.
Awaited awaited_by(const model::StuckTask& task);

// "main thread waits for a mutex that is held", "rank 2 of 4 waits in MPI_Recv(source=1, tag=0)".
std::string describe_wait(const model::StuckTask& task);

// Of ranks: the last messages, and who waits for whom at the end; a lane for each rank, a row for each message and each wait. Empty if the tasks are no
// ranks.
model::Schedule schedule_of(const std::vector<model::StuckTask>& ranks, const std::vector<model::Exchange>& exchanges);

// Why such waits have no end, and where to look: a line for each kind of wait that occurs.
std::string explain_waits(const std::vector<model::StuckTask>& tasks);

}  // namespace lockstep::judge
