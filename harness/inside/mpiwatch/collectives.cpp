#include "harness/inside/mpiwatch/collectives.hpp"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cstring>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/checks.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/findings.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/window_waits.hpp"
#include "harness/inside/mpiwatch/words.hpp"

namespace lockstep::mpiwatch {
namespace {

struct OpName {
  MPI_Op op;
  const char* name;
};

// Operations of the student's own are numbered alike: which of two they are cannot be told on another rank.
int number_of(MPI_Op op, const char** name = nullptr) {
  static const std::vector<OpName> table{{MPI_SUM, "MPI_SUM"},   {MPI_PROD, "MPI_PROD"}, {MPI_MAX, "MPI_MAX"},       {MPI_MIN, "MPI_MIN"},
                                         {MPI_LAND, "MPI_LAND"}, {MPI_LOR, "MPI_LOR"},   {MPI_LXOR, "MPI_LXOR"},     {MPI_BAND, "MPI_BAND"},
                                         {MPI_BOR, "MPI_BOR"},   {MPI_BXOR, "MPI_BXOR"}, {MPI_MAXLOC, "MPI_MAXLOC"}, {MPI_MINLOC, "MPI_MINLOC"}};
  if (op == MPI_OP_NULL) return 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].op != op) continue;
    if (name != nullptr) *name = table[i].name;
    return static_cast<int>(i) + 1;
  }
  if (name != nullptr) *name = "an operation of its own";
  return 1000;
}

const char* name_of_number(int number) {
  static const char* names[] = {"none", "MPI_SUM", "MPI_PROD", "MPI_MAX", "MPI_MIN", "MPI_LAND", "MPI_LOR", "MPI_LXOR", "MPI_BAND", "MPI_BOR", "MPI_BXOR",
                                "MPI_MAXLOC", "MPI_MINLOC"};
  return number >= 0 && number < 13 ? names[number] : "an operation of its own";
}

int find_meeting(World& world, const Communicator& communicator, std::uint64_t number) {
  int free = 0;
  for (int i = 1; i < most_collectives; ++i) {
    const Collective& meeting = world.collectives[i];
    if (meeting.used && meeting.communicator == communicator.id && meeting.number == number) return i;
    if (!meeting.used && free == 0) free = i;
  }
  if (free == 0) return 0;
  Collective& made = world.collectives[free];
  made.used = true;
  made.communicator = communicator.id;
  made.number = number;
  made.members = communicator.everyone;
  made.arrived = made.left = 0;
  made.clock = 0;
  std::memset(made.in_pairs, 0, sizeof made.in_pairs);
  world.collective_orders[free] = {};
  return free;
}

// The sentence about what does not fit; empty if all does.
std::string misfit(const Collective& meeting, const Site& site, const Shape& shape, bool blocking, const Communicator& communicator) {
  const Site& other = meeting.sites[meeting.first];
  const std::string mine = own_words() + " calls " + site.call + place_words(site);
  const std::string theirs = rank_of_world(meeting.first) + " calls " + other.call + place_words(other);
  if (std::strcmp(site.call, other.call) != 0) {
    if (blocking != meeting.blocking && (std::string("MPI_I") + static_cast<char>(std::tolower(other.call[4])) + (other.call + 5) == site.call ||
                                         std::string("MPI_I") + static_cast<char>(std::tolower(site.call[4])) + (site.call + 5) == other.call))
      return mine + ", while " + theirs + ": a blocking and a nonblocking call never meet.";
    return mine + ", while " + theirs + ": all ranks of a communicator make the same collective calls in the same order.";
  }
  if (shape.root != meeting.root)
    return mine + " with root " + std::to_string(shape.root) + ", while " + theirs + " with root " + std::to_string(meeting.root) + ".";
  if (number_of(shape.op) != meeting.operation)
    return mine + " with " + name_of_number(number_of(shape.op)) + ", while " + theirs + " with " + name_of_number(meeting.operation) + ".";
  if (shape.has_data && !same(shape.data, meeting.signature))
    return mine + " for " + in_words(shape.data) + ", while " + theirs + " for " + in_words(meeting.signature) + ".";
  static_cast<void>(communicator);
  return "";
}

std::string pair_misfit(const Collective& meeting, int me, const Communicator& communicator) {
  const auto amount = [](std::int64_t count, Kind kind) { return std::to_string(count) + " " + name_of(kind); };
  for (const int other : communicator.members) {
    if (!holds(meeting.arrived, other) || !meeting.in_pairs[other]) continue;
    for (const bool outward : {true, false}) {
      const int from = outward ? me : other, to = outward ? other : me;
      const std::int32_t sent = meeting.sent[from][to], expected = meeting.expected[to][from];
      if (sent < 0 || expected < 0) continue;
      const Kind a = meeting.sent_kind[from], b = meeting.expected_kind[to];
      const bool kinds_count = a != Kind::other && b != Kind::other && a != Kind::packed && b != Kind::packed && a != Kind::none && b != Kind::none;
      if (sent == 0 && expected == 0) continue;
      if (kinds_count ? (sent == expected && (a == b || sent == 0)) : true) continue;
      return rank_of_world(from) + "'s " + call_words(meeting.sites[from]) + " sends " + amount(sent, a) + " to " + rank_of_world(to) + ", whose " +
             call_words(meeting.sites[to]) + " expects " + amount(expected, b) + " from it.";
    }
  }
  return "";
}

// A collective call, and the bytes that it brings to this rank from others.
void count_call(const Shape& shape, const Communicator& communicator) {
  Slot& slot = own_slot();
  ++slot.collectives;
  if (shape.has_data && shape.op == MPI_OP_NULL && shape.root >= 0 && shape.root != communicator.rank)
    for (int run = 0; run < shape.data.run_count; ++run)
      slot.received_bytes += bytes_of(shape.data.runs[run].kind) * shape.data.runs[run].length * shape.data.repeats;
  for (std::size_t i = 0; i < shape.expected.size(); ++i)
    if (static_cast<int>(i) != communicator.rank && shape.expected[i] > 0)
      slot.received_bytes += bytes_of(shape.expected_kind) * static_cast<std::uint64_t>(shape.expected[i]);
}

}  // namespace

int arrive(const Site& site, Communicator& communicator, const Shape& shape, bool blocking) {
  const std::uint64_t number = ++communicator.collectives;
  if (current_case().open()) own_slot().entered = current_case().turn;
  const int me = self().rank;
  std::string sentence;
  const char* kind = "collective_mismatch";
  int index = 0;
  {
    LockedWorld world;
    index = find_meeting(*world, communicator, number);
    if (index != 0) {
      Collective& meeting = world->collectives[index];
      if (meeting.arrived == 0) {
        meeting.first = static_cast<std::int16_t>(me);
        meeting.blocking = blocking;
        meeting.root = shape.root;
        meeting.operation = number_of(shape.op);
        meeting.signature = shape.data;
      } else {
        meeting.sites[me] = site;
        sentence = misfit(meeting, site, shape, blocking, communicator);
      }
      meeting.sites[me] = site;
      if (sentence.empty() && shape.in_pairs) {
        meeting.in_pairs[me] = true;
        meeting.sent_kind[me] = shape.sent_kind;
        meeting.expected_kind[me] = shape.expected_kind;
        for (std::size_t i = 0; i < communicator.peers.size(); ++i) {
          const int peer = communicator.peers[i];
          meeting.sent[me][peer] = shape.sent.empty() ? -1 : static_cast<std::int32_t>(shape.sent[i]);
          meeting.expected[me][peer] = shape.expected.empty() ? -1 : static_cast<std::int32_t>(shape.expected[i]);
        }
      }
      meeting.clock = std::max(meeting.clock, world->ranks[me].clock);
      if (world->has_windows) add(world->collective_orders[index], world->orders[me]);
      meeting.arrived |= only(me);
      if (sentence.empty() && shape.in_pairs && !communicator.between) {
        sentence = pair_misfit(meeting, me, communicator);
        kind = "collective_amounts";
      }
      ++world->epoch;
    }
  }
  if (index == 0) {
    channel::emit_fault("more collective calls are open at a time than the grader keeps track of");
    report_and_end("too_many", "Too many collective calls are open at a time.");
  }
  if (!sentence.empty()) report_and_end(kind, sentence);
  return index;
}

bool has_everybody(int meeting) {
  Collective& at = shared().world.collectives[meeting];
  return (at.members & ~std::atomic_ref(at.arrived).load()) == 0;
}

void leave(int meeting) {
  LockedWorld world;
  Collective& at = world->collectives[meeting];
  std::uint64_t& clock = world->ranks[self().rank].clock;
  clock = std::max(clock, at.clock);
  if (world->has_windows) add(world->orders[self().rank], world->collective_orders[meeting]);
  at.left |= only(self().rank);
  if (at.left == at.members) at.used = false;
}

int meet(const Site& site, MPI_Comm comm, const Shape& shape, const std::function<int()>& library, const std::string& words) {
  count_call(shape, communicator_of(comm));
  return meet(site, communicator_of(comm), shape, library, words);
}

int meet(const Site& site, Communicator& communicator, const Shape& shape, const std::function<int()>& library, const std::string& words) {
  const int meeting = arrive(site, communicator, shape, true);
  wait_until([=] { return has_everybody(meeting); }, [=] { return Awaited{{-meeting}, false}; }, [&] { return words; });
  const int rc = library();
  leave(meeting);
  return rc;
}

int meet_later(const Site& site, MPI_Comm comm, const Shape& shape, const std::function<int(MPI_Request*)>& library, MPI_Request* request) {
  count_call(shape, communicator_of(comm));
  const int meeting = arrive(site, communicator_of(comm), shape, false);
  Request& made = *make_request();
  made.kind = RequestKind::collective;
  made.site = site;
  made.meeting = meeting;
  const int rc = library(&made.library);
  if (rc != MPI_SUCCESS) return rc;
  note_active(made);
  *request = made.handle();
  return rc;
}

}  // namespace lockstep::mpiwatch
