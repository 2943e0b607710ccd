#include "harness/inside/mpiwatch/choices.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/self.hpp"

namespace lockstep::mpiwatch {
namespace {

std::map<int, int> read_choices() {  // of this rank: number -> value
  std::map<int, int> choices;
  const char* text = std::getenv("LOCKSTEP_CHOICES");
  for (int rank = 0, number = 0, value = 0, used = 0; text != nullptr && std::sscanf(text, "%d:%d=%d%n", &rank, &number, &value, &used) == 3;) {
    if (rank == self().rank) choices[number] = value;
    text += used;
    if (*text != ';') break;
    ++text;
  }
  return choices;
}

bool notes() {
  static const bool wanted = std::getenv("LOCKSTEP_EXPLORE") != nullptr;
  return wanted;
}

std::string words(const char* what, int number) { return std::string(what) + " " + std::to_string(self().rank) + " " + std::to_string(number); }

}  // namespace

int count_choice() {
  static int count = 0;
  return ++count;
}

std::optional<int> forced(int number) {
  static const std::map<int, int> choices = read_choices();
  const auto chosen = choices.find(number);
  return chosen == choices.end() ? std::nullopt : std::optional(chosen->second);
}

int apply_choice(Operation& operation) {
  const int number = count_choice();
  const int source = forced(number).value_or(any_rank);
  if (source < 0 || source >= most_ranks || !holds(operation.members, source)) return number;
  operation.peer = static_cast<std::int16_t>(source);
  operation.forced = true;
  return number;
}

bool explores() {
  static const bool replays = std::getenv("LOCKSTEP_CHOICES") != nullptr;
  return notes() || replays;
}

void note_received(int number, const Operation& receive, const Operation& send) {
  if (!notes()) return;
  channel::emit_measurement(words("receive", number) + " " + std::to_string(receive.communicator) + (receive.tag == any_tag ? " any" : ""), send.owner, send.tag, "");
}

void note_completed(int number, int chosen, const std::vector<int>& possible) {
  if (!notes()) return;
  std::string name = words("complete", number);
  for (const int one : possible) name += " " + std::to_string(one);
  channel::emit_measurement(name, chosen, 0, "");
}

}  // namespace lockstep::mpiwatch
