// What is wrong in the student's program, said on the channel: class, sentence, and this rank's calls. A sentence may name places of any rank;
// they are addresses between the brackets U+27E8 and U+27E9 until the harness looks up their lines.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

std::string place_words(const Site& site);  // " at <place>", or nothing
std::string call_words(const Site& site);   // "MPI_Send at <place>"

// "rank 1 of 3" in the case, "rank 1" in a whole program; of another one by its rank in the world.
std::string own_words();
std::string rank_of_world(int world_rank);

// Reports and goes on. `site`: where the call stands, if it is not the current one.
void report(const char* kind, const std::string& sentence);
void report_at(const char* kind, const std::string& sentence, const Site& site);
// Reports and ends the launch: after this nothing that the program does means anything.
[[noreturn]] void report_and_end(const char* kind, const std::string& sentence);
[[noreturn]] void end_quietly();  // another rank ends the launch and says why

bool has_reported();  // this rank, in this case
void forget_reports();

}  // namespace lockstep::mpiwatch
