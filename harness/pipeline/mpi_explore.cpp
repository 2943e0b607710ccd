// What the standard leaves open, chosen otherwise on replays (harness/inside/mpiwatch/choices.hpp).
//
// A run notes what each receive and probe got. One from anybody could have got another message of those that later receives of the same rank got, if that
// one was under way already; MPI_Waitany could have found another of its requests complete, if that one can be so early: whether it can, the replay shows.
// A choice that cannot be made (the message comes only after the receive is served) is recognised by the layer, which then ends the run without a verdict:
// nothing is ever blamed on a choice that no library could make.
#include <deque>
#include <map>
#include <set>

#include "harness/pipeline/mpi_program.hpp"

namespace lockstep::pipeline {
namespace {

using Choices = std::map<std::pair<int, int>, int>;  // (rank, number of its choice) -> source, or index of the request

std::string token_of(const Choices& choices) {
  std::string text;
  for (const auto& [at, chosen] : choices)
    text += (text.empty() ? "" : ";") + std::to_string(at.first) + ":" + std::to_string(at.second) + "=" + std::to_string(chosen);
  return text;
}

// What the answer at `i` could have been instead.
std::set<int> others_than(const std::vector<MpiAnswer>& answers, std::size_t i) {
  const MpiAnswer& here = answers[i];
  std::set<int> others(here.possible.begin(), here.possible.end());
  for (std::size_t later = i + 1; here.possible.empty() && later < answers.size(); ++later) {
    const MpiAnswer& other = answers[later];
    if (other.rank == here.rank && other.communicator == here.communicator && (here.any_tag || other.tag == here.tag)) others.insert(other.got);
  }
  others.erase(here.got);
  return others;
}

// What could have been otherwise in a run, beyond the choices that were forced on it.
std::vector<Choices> alternatives(const std::vector<MpiAnswer>& answers, const Choices& forced) {
  std::vector<Choices> found;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const MpiAnswer& here = answers[i];
    if (here.number == 0 || forced.contains({here.rank, here.number})) continue;
    for (const int other : others_than(answers, i)) {
      Choices next = forced;
      // What the rank had chosen before stays as it was.
      for (std::size_t before = 0; before < i; ++before)
        if (answers[before].rank == here.rank && answers[before].number > 0) next.emplace(std::pair(here.rank, answers[before].number), answers[before].got);
      next[{here.rank, here.number}] = other;
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
    for (Choices& other : alternatives(outcome.answers, choices)) left.push_back(std::move(other));
    if (explored == 1) first = std::move(outcome);
  }
  return first;
}

}  // namespace lockstep::pipeline
