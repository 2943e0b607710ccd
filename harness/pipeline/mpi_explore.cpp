// Other legal matches of receives from anybody, forced on replays.
//
// A run notes what each receive got. A receive from anybody could have got another message of those that later receives of the same rank got, if that one
// was under way already: whether it was, the replay shows. A choice that cannot be made (the message comes only after the receive is served) is recognised
// by the layer, which then ends the run without a verdict: nothing is ever blamed on a choice that no library could make.
#include <deque>
#include <map>
#include <set>

#include "harness/pipeline/mpi_program.hpp"

namespace lockstep::pipeline {
namespace {

using Choices = std::map<std::pair<int, int>, int>;  // (rank, number of its receive from anybody) -> source

std::string token_of(const Choices& choices) {
  std::string text;
  for (const auto& [at, source] : choices)
    text += (text.empty() ? "" : ";") + std::to_string(at.first) + ":" + std::to_string(at.second) + "=" + std::to_string(source);
  return text;
}

// What could have been otherwise in a run, beyond the choices that were forced on it.
std::vector<Choices> alternatives(const std::vector<Received>& received, const Choices& forced) {
  std::vector<Choices> found;
  for (std::size_t i = 0; i < received.size(); ++i) {
    const Received& here = received[i];
    if (here.number == 0 || forced.contains({here.rank, here.number})) continue;
    std::set<int> sources;
    for (std::size_t later = i + 1; later < received.size(); ++later) {
      const Received& other = received[later];
      if (other.rank != here.rank || other.source == here.source || other.communicator != here.communicator) continue;
      if (here.any_tag || other.tag == here.tag) sources.insert(other.source);
    }
    for (const int source : sources) {
      Choices next = forced;
      // What the rank had chosen before stays as it was.
      for (std::size_t before = 0; before < i; ++before)
        if (received[before].rank == here.rank && received[before].number > 0) next.emplace(std::pair(here.rank, received[before].number), received[before].source);
      next[{here.rank, here.number}] = source;
      found.push_back(std::move(next));
    }
  }
  return found;
}

}  // namespace

MpiOutcome explore_mpi_program(const BuiltMpiProgram& built, const MpiProgram& program, int runs, const Services& services, int& explored) {
  std::deque<Choices> left{Choices{}};
  std::set<std::string> seen;
  MpiOutcome first;
  explored = 0;
  while (!left.empty() && explored < runs) {
    const Choices choices = left.front();
    left.pop_front();
    if (!seen.insert(token_of(choices)).second) continue;
    MpiProgram next = program;
    next.choices = token_of(choices);
    next.notes_choices = true;
    MpiOutcome outcome = run_mpi_program(built, next, services);
    ++explored;
    if (outcome.infeasible) continue;
    outcome.choices = next.choices;
    if (outcome.verdict != model::Verdict::passed) return outcome;
    for (Choices& other : alternatives(outcome.received, choices)) left.push_back(std::move(other));
    if (explored == 1) first = std::move(outcome);
  }
  return first;
}

}  // namespace lockstep::pipeline
