#include "harness/inside/mpiwatch/objects.hpp"

#include <map>
#include <string>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/buffers.hpp"
#include "harness/inside/mpiwatch/communicators.hpp"
#include "harness/inside/mpiwatch/findings.hpp"
#include "harness/inside/mpiwatch/matching.hpp"
#include "harness/inside/mpiwatch/messages.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/windows.hpp"

namespace lockstep::mpiwatch {
namespace {

struct Made {
  const char* kind;
  Site site;
};

std::map<const void*, Made>& alive() {
  static auto* all = new std::map<const void*, Made>;
  return *all;
}

bool report_objects() {
  bool any = false;
  for (const auto& [handle, made] : alive()) {
    report_at((std::string("leak_") + made.kind).c_str(), own_words() + " never frees the " + made.kind + " that " + call_words(made.site) + " made.",
              made.site);
    any = true;
  }
  alive().clear();
  for (const auto& [handle, communicator] : known_communicators()) {
    if (!communicator.students) continue;
    report_at("leak_communicator", own_words() + " never frees the communicator that " + call_words(communicator.made) + " made.", communicator.made);
    any = true;
  }
  return any;
}

bool report_requests() {
  bool any = false;
  for (int look = 0; look < 3; ++look) move_on();  // what has been delivered is known as such
  const std::vector<Request*> live = live_requests();
  for (Request* request : live) {
    any = true;
    const char* how = request->arrived ? ", and it was not known to be complete when the program went on" : "";
    if (request->freed) {
      if (!request->arrived && request->kind == RequestKind::send)
        report_at("missing_wait", own_words() + ": the message of " + words_of(*request) + place_words(request->site) + ", whose request was freed, never arrives.",
                  request->site);
    } else if (request->persistent) {
      report_at("missing_wait", own_words() + " never waits for " + words_of(*request) + place_words(request->site) + " after the last start" + how + ".",
                request->site);
    } else {
      report_at("missing_wait", own_words() + " never waits for " + words_of(*request) + place_words(request->site) + how + ".", request->site);
    }
    if (request->kind == RequestKind::receive) open_to_student(*request);
    {
      LockedWorld world;
      if (request->operation != 0) {
        if (request->kind == RequestKind::receive) withdraw(*world, request->operation);
        release(*world, request->operation);
        request->operation = 0;
      }
    }
    note_inactive(*request);
    request->state = RequestState::retired;
  }
  return any;
}

// Every member is through, so what is still unreceived will never be received.
bool report_messages() {
  bool any = false;
  LockedWorld world;
  for (int at = world->sends[self().rank].first; at != 0;) {
    Operation& message = world->operations[at];
    const int next = message.next;
    channel::emit_hygiene("message", "a message from " + rank_of_world(message.owner) + " with tag " + std::to_string(message.tag) + " (" +
                                         call_words(message.site) + ") was never received by " + own_words());
    any = true;
    at = next;
  }
  world->sends[self().rank] = {};
  for (int i = 1; i < most_collectives; ++i) {
    Collective& meeting = world->collectives[i];
    if (!meeting.used || !holds(meeting.members, self().rank)) continue;
    meeting.left |= only(self().rank);
    if (meeting.left == meeting.members) meeting.used = false;
  }
  return any;
}

}  // namespace

void note_made(const void* handle, const char* kind, const Site& site) { alive()[handle] = {kind, site}; }
MPI_User_function*& last_operation_made() {
  static MPI_User_function* last = nullptr;
  return last;
}

void note_freed(const void* handle) { alive().erase(handle); }

bool report_leftovers() {
  const bool windows = report_windows(), requests = report_requests(), objects = report_objects(), messages = report_messages();
  return windows || requests || objects || messages;
}

}  // namespace lockstep::mpiwatch
