#include "harness/inside/mpiwatch/choices.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/self.hpp"

namespace lockstep::mpiwatch {
namespace {

std::map<int, int> read_choices() {  // of this rank: number -> source
  std::map<int, int> choices;
  const char* text = std::getenv("LOCKSTEP_CHOICES");
  for (int rank = 0, number = 0, source = 0, used = 0; text != nullptr && std::sscanf(text, "%d:%d=%d%n", &rank, &number, &source, &used) == 3;) {
    if (rank == self().rank) choices[number] = source;
    text += used;
    if (*text != ';') break;
    ++text;
  }
  return choices;
}

}  // namespace

int apply_choice(Operation& operation) {
  static const std::map<int, int> choices = read_choices();
  static int count = 0;
  const auto chosen = choices.find(++count);
  if (chosen == choices.end() || !holds(operation.members, chosen->second)) return count;
  operation.peer = static_cast<std::int16_t>(chosen->second);
  operation.forced = true;
  return count;
}

void note_received(int number, const Operation& receive, const Operation& send) {
  static const bool wanted = std::getenv("LOCKSTEP_EXPLORE") != nullptr;
  if (!wanted) return;
  const std::string name = "receive " + std::to_string(self().rank) + " " + std::to_string(number) + " " + std::to_string(receive.communicator) +
                           (receive.tag == any_tag ? " any" : "");
  channel::emit_measurement(name, send.owner, send.tag, "");
}

}  // namespace lockstep::mpiwatch
