#include "harness/inside/mpiwatch/windows.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include "harness/inside/mpiwatch/accesses.hpp"
#include "harness/inside/mpiwatch/buffers.hpp"
#include "harness/inside/mpiwatch/communicators.hpp"
#include "harness/inside/mpiwatch/messages.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/shapes.hpp"
#include "harness/inside/mpiwatch/types.hpp"
#include "harness/inside/mpiwatch/window_waits.hpp"

namespace lockstep::mpiwatch {
namespace {

std::map<MPI_Win, Window>& windows() {
  static auto* all = new std::map<MPI_Win, Window>;
  return *all;
}

int in_world(const Window& window, int target) { return window.members[static_cast<std::size_t>(target)]; }

// Whoever shares memory with this rank may read what it stores, and it what they store, without a call.
Mask reached_by_stores() {
  Mask ranks = only(self().rank);
  for (const auto& [handle, window] : windows())
    if (window.shared_memory) ranks |= window.everyone();
  return ranks;
}

void share(World& world, Mask read) {
  Order& own = world.orders[self().rank];
  const Mask written = reached_by_stores();
  read |= only(self().rank);
  for (int rank = 0; rank < most_ranks; ++rank)
    if (holds(read, rank)) add(own, world.memory_orders[rank]);
  for (int rank = 0; rank < most_ranks; ++rank)
    if (holds(written, rank)) add(world.memory_orders[rank], own);
}

std::string bytes_words(std::int64_t from, std::int64_t to) {
  return to == from + 1 ? "byte " + std::to_string(from) : "bytes " + std::to_string(from) + " to " + std::to_string(to - 1);
}

const char* verb_of(const Access& access) {
  if (access.kind == AccessKind::get || access.op == no_op) return "reads ";
  return access.kind == AccessKind::put ? "writes " : "updates ";
}

std::string conflict_words(const Access& earlier, const Access& access, int target) {
  const ByteRange range = shared_bytes(earlier.strip, access.strip);
  const bool one_rank = earlier.origin == access.origin;
  std::string text = own_words() + ": " + call_words(access.site) + " " + verb_of(access) + bytes_words(range.from, range.to) + " of " + rank_of_world(target) +
                     "'s window, and " + (one_rank ? "its own " : rank_of_world(earlier.origin) + "'s ") + call_words(earlier.site) + " " + verb_of(earlier) +
                     "the same";
  if (earlier.completed == 0) return text + " in an epoch that is still open, so that it may happen before, after or meanwhile.";
  return text + ", and nothing says which comes first: no message, collective call or exclusive lock orders the two.";
}

Kind element_of(MPI_Datatype type) {
  const Signature& unit = type_of(type).unit;
  return unit.uniform() && !unit.unknown ? unit.runs[0].kind : Kind::other;
}

std::int32_t number_of(const AccessCall& call) {
  if (call.op == MPI_NO_OP) return no_op;
  return call.op == MPI_OP_NULL ? any_op : PMPI_Op_c2f(call.op);  // the numbers of what is predefined are the same on all ranks
}

// The bytes of the target that are accessed. None if they are too many pieces (types.hpp), or if less is sent than the target's part could hold.
std::vector<Strip> strips_at_target(const WindowView& view, const AccessCall& call, int target) {
  if (call.data && bytes_of(call.data->count, call.data->type) != bytes_of(call.target_count, call.target_type)) return {};
  constexpr int most_strided = 1024;
  const std::vector<Strip>& element = strips_of_type(call.target_type);
  if (call.target_count > most_strided && std::any_of(element.begin(), element.end(), [](const Strip& strip) { return strip.times > 1; })) return {};
  return strips_of_elements(element, call.target_count, type_of(call.target_type).extent, call.at * view.unit[target]);
}

struct Span {
  std::int64_t from, to;
};

Span span_of(const AccessCall& call, std::int64_t begin) {
  MPI_Aint lower = 0, extent = 0;
  PMPI_Type_get_true_extent(call.target_type, &lower, &extent);
  const std::int64_t last = (call.target_count - 1) * type_of(call.target_type).extent;
  return {begin + lower + std::min<std::int64_t>(0, last), begin + lower + extent + std::max<std::int64_t>(0, last)};
}

Misuse check_bounds(const Window& window, const AccessCall& call) {
  if (call.target_count == 0 || type_of(call.target_type).size == 0) return {};
  const int target = in_world(window, call.target);
  const WindowView& view = shared().world.windows[window.index];
  const Span span = span_of(call, call.at * view.unit[target]);
  const std::int64_t from = span.from, to = span.to;
  const std::string which = rank_of_world(target) + "'s window";
  if (!view.dynamic) {
    if (from >= 0 && to <= view.size[target]) return {};
    return {"outside_window", "it needs " + bytes_words(from, to) + " of " + which + ", which has " + std::to_string(view.size[target]) + " bytes"};
  }
  LockedWorld world;
  const auto* regions = view.regions[target];
  const std::int32_t attached = view.attached[target];
  if (attached < 0 || std::any_of(regions, regions + attached, [&](const auto& region) { return region.from <= from && to <= region.from + region.size; })) return {};
  return {"outside_window", "it needs memory of " + which + " that " + rank_of_world(target) + " has not attached (MPI_Win_attach)"};
}

Misuse check_fit(const Signature& sent, const Signature& received, const char* from, const char* to) {
  const Fit fit = compare(sent, received);
  if (fit == Fit::other_type) return {"type_mismatch", std::string(from) + " is " + in_words(sent) + ", and " + to + " is " + in_words(received)};
  if (fit == Fit::too_long) return {"truncation", std::string(from) + " is " + in_words(sent) + ", which is more than " + to + " holds, " + in_words(received)};
  return {};
}

bool is_predefined(MPI_Op op) {
  static const std::vector<MPI_Op> table{MPI_MAX, MPI_MIN,  MPI_SUM,  MPI_PROD,   MPI_LAND,   MPI_BAND,    MPI_LOR,
                                         MPI_BOR, MPI_LXOR, MPI_BXOR, MPI_MAXLOC, MPI_MINLOC, MPI_REPLACE, MPI_NO_OP};
  return std::find(table.begin(), table.end(), op) != table.end();
}

Misuse check_accumulate(const AccessCall& call) {
  if (call.kind != AccessKind::accumulate || number_of(call) == any_op) return {};
  if (const Misuse misuse = check_op(call.op)) return misuse;
  if (!is_predefined(call.op)) return {"operation", "an accumulate needs a predefined operation; one of MPI_Op_create is not allowed"};
  if (call.op == MPI_NO_OP && !call.result) return {"operation", "MPI_NO_OP is for calls that bring something back"};
  return {};
}

void release_buffer(Request& request, const Site& by) {
  if (request.writes) open_to_student(request);
  if (by.call[0] != '\0') check_buffer(request, by);
  std::uintptr_t from = 0, to = 0;
  if (!request.copy.empty() && range_of(request.buffer, request.count, request.type, from, to) && is_readable(reinterpret_cast<void*>(from), to - from))
    std::memcpy(reinterpret_cast<void*>(from), request.copy.data(), to - from);
  request.number = 0;
}

template <class Predicate>
void settle(Window& window, const Site& by, Predicate which) {
  const auto done = std::stable_partition(window.held.begin(), window.held.end(), [&](const Request* request) { return !which(*request); });
  const std::vector<Request*> over(done, window.held.end());
  window.held.erase(done, window.held.end());
  for (Request* request : over) {
    release_buffer(*request, by);
    if (request->library != MPI_REQUEST_NULL || request->arrived) continue;  // its request is still to be waited for
    give_up_type(*request);
    discard(*request);
  }
}

template <class Predicate>
void note_completed(World& world, const Window& window, Mask targets, Predicate which) {
  ++world.orders[self().rank].known[self().rank];
  for (const int target : window.members)
    if (holds(targets, target)) complete_accesses(world, window.index, target, self().rank, which);
}

}  // namespace

Mask Window::everyone() const {
  Mask mask = 0;
  for (const int member : members) mask |= only(member);
  return mask;
}

void note_window(MPI_Win made, const Window& window) {
  windows()[made] = window;
  PMPI_Win_set_errhandler(made, fatal_window_errors());
}

void forget_window(MPI_Win handle) {
  {
    LockedWorld world;
    leave_window(*world, windows()[handle].index, self().rank);
  }
  windows().erase(handle);
}

Window& window_of(const Site& site, MPI_Win handle) {
  const auto found = windows().find(handle);
  if (found == windows().end()) report_and_end("window", own_words() + ": " + call_words(site) + " gets a window that is none, or has been freed.");
  share_knowledge(0);
  return found->second;
}

bool note_attached(const Window& window, const void* base, MPI_Aint size) {
  LockedWorld world;
  WindowView& view = world->windows[window.index];
  std::int32_t& attached = view.attached[self().rank];
  auto* regions = view.regions[self().rank];
  const auto from = reinterpret_cast<std::int64_t>(base);
  if (std::any_of(regions, regions + std::max(attached, 0), [=](const auto& region) { return region.from < from + size && from < region.from + region.size; })) return false;
  if (attached == most_regions) attached = -1;
  if (attached >= 0) regions[attached++] = {from, size};
  return true;
}

bool note_detached(const Window& window, const void* base) {
  LockedWorld world;
  WindowView& view = world->windows[window.index];
  std::int32_t& attached = view.attached[self().rank];
  auto* regions = view.regions[self().rank];
  if (attached < 0) return true;
  auto* found = std::find_if(regions, regions + attached, [=](const auto& region) { return region.from == reinterpret_cast<std::int64_t>(base); });
  if (found == regions + attached) return false;
  *found = regions[--attached];
  return true;
}

Misuse check_target(const Window& window, int target) {
  const int size = static_cast<int>(window.members.size());
  if (target == MPI_PROC_NULL || (target >= 0 && target < size)) return {};
  return {"rank", "the target is " + std::to_string(target) + (size == 1 ? ", and the window has only rank 0" : ", and the window has ranks 0 to " + std::to_string(size - 1))};
}

Misuse check_access(const Window& window, const AccessCall& call) {
  if (const Misuse misuse = check_target(window, call.target)) return misuse;
  if (const Misuse misuse = check_accumulate(call)) return misuse;
  for (const std::optional<OriginBuffer>& buffer : {call.data, call.result})
    if (const Misuse misuse = buffer ? check_data(buffer->at, buffer->count, buffer->type) : Misuse{}) return misuse;
  if (const Misuse misuse = check_data(&call, call.target_count, call.target_type)) return misuse;
  const Signature at_target = signature_of(call.target_count, call.target_type);
  if (call.data)
    if (const Misuse misuse = check_fit(signature_of(call.data->count, call.data->type), at_target, "what it sends", "the target's part")) return misuse;
  if (call.result)
    if (const Misuse misuse = check_fit(at_target, signature_of(call.result->count, call.result->type), "the target's part", "the buffer of the result")) return misuse;
  return call.target == MPI_PROC_NULL ? Misuse{} : check_bounds(window, call);
}

void refuse(const Breach& breach, const Site& site, int target) {
  if (!breach) return;
  const bool says_by = breach.by.call[0] != '\0';
  report_and_end("window", own_words() + ": " + site.call + (target == any_rank ? "" : " of " + rank_of_world(target)) + place_words(site) + " " + breach.what +
                               (says_by ? " " + call_words(breach.by) : "") + ".");
}

std::uint32_t begin_access(const Site& site, const Window& window, const AccessCall& call, bool requested) {
  static std::uint32_t number = 0;
  ++number;
  const int target = in_world(window, call.target), me = self().rank;
  Access access{};
  access.kind = call.kind;
  access.fetches = call.result.has_value();
  access.requested = requested;
  access.passive = is_passive(window.epochs, target);
  access.exclusive = holds(window.epochs.exclusive, target);
  access.type = element_of(call.target_type);
  access.origin = static_cast<std::int16_t>(me);
  access.op = number_of(call);
  access.number = number;
  access.site = site;
  const std::vector<Strip> strips = strips_at_target(shared().world.windows[window.index], call, target);
  std::string conflict;
  {
    LockedWorld world;
    for (const Strip& strip : strips) {
      access.strip = strip;
      if (const int other = find_conflict(*world, window.index, target, access); other != 0) conflict = conflict_words(world->accesses[other], access, target);
      if (conflict.empty()) remember(*world, window.index, target, access);
    }
    if (call.kind != AccessKind::get) add(world->memory_orders[target], world->orders[me]);
    if (access.fetches) add(world->orders[me], world->memory_orders[target]);
  }
  if (!conflict.empty()) report_and_end("conflicting_accesses", conflict);
  return number;
}

Request& hold_buffer(const Site& site, MPI_Win handle, int target, const OriginBuffer& buffer, bool writes, std::uint32_t number) {
  Request& request = *make_request();
  request.kind = RequestKind::access;
  request.site = site;
  request.writes = writes;
  request.number = number;
  request.window = handle;
  request.buffer = buffer.at;
  request.count = buffer.count;
  request.type = buffer.type;
  request.peer = target;
  keep_type(request);
  check_overlap(request);
  request.hash = hash_of(request.buffer, request.count, request.type, request.watched);
  std::uintptr_t from = 0, to = 0;
  if (writes && range_of(request.buffer, request.count, request.type, from, to)) {
    request.copy.resize(to - from);
    close_to_student(request);
  }
  note_active(request);
  windows()[handle].held.push_back(&request);
  return request;
}

void* place_for_result(Request& request) {
  if (request.copy.empty()) return request.buffer;
  return reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(request.copy.data()) - static_cast<std::uintptr_t>(type_of(request.type).lower));
}

void note_completion(const Window& window, Mask targets, Completion completion) {
  LockedWorld world;
  note_completed(*world, window, targets, [=](const Access& access) { return completion == Completion::everywhere || access.fetches; });
}

void settle_buffers(Window& window, Mask targets, const Site& by) {
  settle(window, by, [&](const Request& request) { return holds(targets, in_world(window, request.peer)); });
}

void share_knowledge(Mask targets) {
  LockedWorld world;
  share(*world, targets);
}

void finish_access(Request& request, const Site& by) {
  const std::uint32_t number = request.number;
  if (number == 0) return;
  Window& window = windows()[request.window];
  const bool fetches = std::any_of(window.held.begin(), window.held.end(), [=](const Request* held) { return held->number == number && held->writes; });
  if (fetches) {
    LockedWorld world;
    const int target = in_world(window, request.peer);
    note_completed(*world, window, only(target), [=](const Access& access) { return access.number == number; });
    share(*world, only(target));
  }
  settle(window, by, [=](const Request& held) { return held.number == number; });
}

bool report_windows() {
  bool any = false;
  for (auto& [handle, window] : windows()) {
    if (const Breach breach = find_open(window.epochs)) {
      report_at("window", own_words() + " never closes the epoch that began with " + call_words(breach.by) + ".", breach.by);
      any = true;
    }
    settle(window, {}, [](const Request&) { return true; });
    LockedWorld world;
    leave_window(*world, window.index, self().rank);
  }
  windows().clear();
  return any;
}

}  // namespace lockstep::mpiwatch
