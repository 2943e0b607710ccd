// The case that this rank is in, and how it meets the others before and after it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lockstep::mpiwatch {

struct CurrentCase {
  std::uint32_t turn = 0;    // number of the case over the whole launch; 0: none
  int rank = 0;              // in the case's communicator
  std::vector<int> members;  // world ranks by rank of the case
  std::string words;         // "rank 1 of 3 (ranks reversed)"

  bool open() const { return turn != 0; }
};

const CurrentCase& current_case();

void begin_case(CurrentCase next);
// Announces that this rank is through and returns when all members are; meanwhile it lets MPI deliver what this rank has sent. Returns whether
// the case failed on some rank. If the others can never get through, that is proven meanwhile and the process ends (blocking.hpp). What the case
// has left behind is looked for then; `close_case` forgets it.
bool end_case(bool failed, bool left_early);
void close_case();

// A rank has left its part by a failure that it has reported: what goes wrong on others then follows from that.
bool somebody_left_early();

// For ranks that are not in the case: sleeps until it is over. Returns whether it failed.
bool sit_out_case(std::uint32_t turn);

// Sleeps until every other member has posted its first message, receive or collective call in this case, or has finished, or does the same as this rank.
void wait_for_others_to_enter();
// Sleeps until the member after this one has done so.
void wait_for_next_to_arrive();

}  // namespace lockstep::mpiwatch
