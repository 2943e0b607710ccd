#include "harness/inside/mpiwatch/requests.hpp"

#include <algorithm>
#include <deque>
#include <unordered_set>

#include "harness/inside/mpiwatch/types.hpp"

namespace lockstep::mpiwatch {
namespace {

// A used-up request is kept for a while, so that a second use of its handle is known as one.
constexpr std::size_t kept = 4096;

struct Pool {
  std::unordered_set<const Request*> ours;
  std::deque<Request*> used_up;
  std::vector<Request*> live;
};

Pool& pool() {
  static auto* all = new Pool;
  return *all;
}

}  // namespace

Request* make_request() {
  Request* request = nullptr;
  // Of a blocking call's the next one is taken at once: it stands in front.
  if (!pool().used_up.empty() && (pool().used_up.size() > kept || pool().used_up.front()->blocking)) {
    request = pool().used_up.front();
    pool().used_up.pop_front();
    *request = Request{};
  } else {
    request = new Request;
    pool().ours.insert(request);
  }
  return request;
}

Request* request_of(MPI_Request handle) {
  auto* request = reinterpret_cast<Request*>(handle);
  return pool().ours.contains(request) ? request : nullptr;
}

void retire(Request& request, const Site& by) {
  note_inactive(request);
  request.state = RequestState::retired;
  request.retired_at = by;
  request.copy = {};
  pool().used_up.push_back(&request);
}

void discard(Request& request) {
  note_inactive(request);
  request.state = RequestState::retired;
  request.copy = {};
  pool().used_up.push_front(&request);  // nobody has its handle
}

void keep_type(Request& request) {
  if (!type_of(request.type).derived) return;
  PMPI_Type_dup(request.type, &request.type);
  forget_type(request.type);  // the handle may have been another's
  note_committed(request.type);
  request.own_type = true;
}

void give_up_type(Request& request) {
  if (request.own_type) PMPI_Type_free(&request.type);
  request.own_type = false;
}

const std::vector<Request*>& live_requests() { return pool().live; }

void note_active(Request& request) {
  request.state = RequestState::active;
  pool().live.push_back(&request);
}

void note_inactive(Request& request) {
  if (request.state != RequestState::active) return;
  request.state = RequestState::inactive;
  pool().live.erase(std::find(pool().live.begin(), pool().live.end(), &request));
}

}  // namespace lockstep::mpiwatch
