// Waits for and tests of requests, and what else is done with them (MPI 3.1, 3.7 to 3.9).
#include <mpi.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "harness/inside/mpiwatch/checks.hpp"
#include "harness/inside/mpiwatch/choices.hpp"
#include "harness/inside/mpiwatch/communicators.hpp"
#include "harness/inside/mpiwatch/matching.hpp"
#include "harness/inside/mpiwatch/messages.hpp"
#include "harness/inside/mpiwatch/objects.hpp"
#include "harness/inside/mpiwatch/self.hpp"

using namespace lockstep::mpiwatch;

namespace {

// A handle that was used up is in the student's hands twice: a copy of it was completed before.
Request* checked(MPI_Request handle, const Site& site) {
  Request* request = request_of(handle);
  if (request == nullptr || request->state != RequestState::retired) return request;
  report_and_end("request_used_up", own_words() + ": " + call_words(site) + " gets a request of " + words_of(*request) + place_words(request->site) +
                                        " that " + request->retired_at.call + place_words(request->retired_at) + " has completed already.");
}

bool is_active(const Request* request) { return request != nullptr && request->state == RequestState::active; }

std::string list_words(const char* call, int count, const MPI_Request handles[]) {
  std::string text = std::string(call) + "(" + std::to_string(count) + (count == 1 ? " request" : " requests");
  int named = 0;
  for (int i = 0; i < count && named < 4; ++i)
    if (const Request* request = request_of(handles[i]); is_active(request) && !request->arrived) text += (named++ == 0 ? ": " : ", ") + words_of(*request);
  return text + (named == 4 ? ", ...)" : ")");
}

MPI_Status* status_at(MPI_Status statuses[], int i) { return statuses == MPI_STATUSES_IGNORE ? MPI_STATUS_IGNORE : &statuses[i]; }

void complete(MPI_Request* handle, Request& request, MPI_Status* status, const Site& site) {
  const bool stays = request.persistent;
  finish(request, status, site);
  if (!stays) *handle = MPI_REQUEST_NULL;
}

// Library requests, and those of the layer, side by side.
class Row {
 public:
  Row(int count, MPI_Request handles[], const Site& site) : handles_(handles), site_(site) {
    for (int i = 0; i < count; ++i) ours_.push_back(checked(handles[i], site));
    done_.assign(ours_.size(), false);
  }

  // Something can still complete at `i`.
  bool is_active_at(std::size_t i) const { return ours_[i] != nullptr ? is_active(ours_[i]) : handles_[i] != MPI_REQUEST_NULL && !done_[i]; }
  bool is_complete_at(std::size_t i) {
    if (ours_[i] != nullptr) return is_complete(*ours_[i]);
    int flag = 0;
    PMPI_Request_get_status(handles_[i], &flag, MPI_STATUS_IGNORE);
    return flag != 0;
  }
  void complete_at(std::size_t i, MPI_Status* status) {
    done_[i] = true;
    if (ours_[i] != nullptr) return complete(&handles_[i], *ours_[i], status, site_);
    PMPI_Wait(&handles_[i], status);
  }
  void nothing_at(MPI_Status* status) { set_empty_status(status); }
  std::size_t size() const { return ours_.size(); }
  std::vector<int> active_ones() const {
    std::vector<int> result;
    for (std::size_t i = 0; i < size(); ++i)
      if (is_active_at(i)) result.push_back(static_cast<int>(i));
    return result;
  }
  bool has_active() const { return !active_ones().empty(); }
  // All that can still complete is known to the layer.
  bool is_ours() const {
    for (const int i : active_ones())
      if (ours_[static_cast<std::size_t>(i)] == nullptr) return false;
    return true;
  }
  std::vector<std::size_t> complete_ones() {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < size(); ++i)
      if (is_active_at(i) && is_complete_at(i)) result.push_back(i);
    return result;
  }
  bool all_complete() {
    bool all = true;
    for (std::size_t i = 0; i < size(); ++i) all = (!is_active_at(i) || is_complete_at(i)) && all;
    return all;
  }
  Awaited awaited(bool any) const {
    Awaited result{{}, any};
    for (std::size_t i = 0; i < size(); ++i) {
      if (!is_active_at(i)) continue;
      if (ours_[i] == nullptr) result.items.assign(most_awaited + 1, 0);  // the library's: nothing is known of it
      if (ours_[i] == nullptr) return result;
      if (!ours_[i]->arrived) result.items.push_back(item_of(*ours_[i]));
    }
    return result;
  }
  // One would do, but this one is chosen, or all are (choices.hpp).
  Awaited awaited_by_choice(int chosen) const {
    Awaited result{{}, true, 1};
    for (const int i : active_ones()) {
      const Request& request = *ours_[static_cast<std::size_t>(i)];
      result.items.insert(i == chosen ? result.items.begin() : result.items.end(), request.arrived ? 0 : item_of(request));
    }
    if (chosen == all_requests) result.chosen = static_cast<int>(result.items.size());
    return result;
  }

 private:
  static int item_of(const Request& request) { return request.kind == RequestKind::collective ? -request.meeting : request.operation; }

  MPI_Request* handles_;
  Site site_;
  std::vector<Request*> ours_;
  std::vector<bool> done_;
};

// Waits until something is complete, and says what of it the call is to hand over: one, or, if it may be several, all of them. Which that is, is a
// choice: "one is arbitrarily chosen" (3.7.5), and what is complete later may be so by a hair.
std::vector<std::size_t> wait_for_some(Row& row, bool several, const Words& words) {
  std::vector<int> possible = row.active_ones();
  const bool chooses = possible.size() > 1 && row.is_ours();
  const int number = chooses ? count_choice() : 0;
  if (several) possible.push_back(all_requests);
  std::optional<int> wanted = chooses ? forced(number) : std::nullopt;
  if (wanted && std::find(possible.begin(), possible.end(), *wanted) == possible.end()) wanted.reset();
  std::vector<std::size_t> complete_ones;
  const auto done = [&] {
    complete_ones = row.complete_ones();
    if (!wanted) return !complete_ones.empty();
    if (*wanted == all_requests) return row.all_complete();
    return std::find(complete_ones.begin(), complete_ones.end(), static_cast<std::size_t>(*wanted)) != complete_ones.end();
  };
  wait_until(done, [&] { return wanted ? row.awaited_by_choice(*wanted) : row.awaited(true); }, words);
  const bool all = several && (wanted ? *wanted == all_requests : !chooses || !explores() || row.all_complete());
  const int chosen = wanted.value_or(all ? all_requests : static_cast<int>(complete_ones.front()));
  if (chooses) note_completed(number, chosen, possible);
  return all ? complete_ones : std::vector{static_cast<std::size_t>(chosen)};
}

}  // namespace

extern "C" {

int MPI_Wait(MPI_Request* request, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Row row(1, request, site);
  if (!row.has_active()) return set_empty_status(status), MPI_SUCCESS;
  wait_until([&] { return row.all_complete(); }, [&] { return row.awaited(false); }, [=] {
    const Request* waited = request_of(*request);
    return "MPI_Wait(" + (waited != nullptr ? words_of(*waited) : std::string("a request")) + ")";
  });
  row.complete_at(0, status);
  return MPI_SUCCESS;
}

int MPI_Waitall(int count, MPI_Request requests[], MPI_Status statuses[]) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Row row(count, requests, site);
  wait_until([&] { return row.all_complete(); }, [&] { return row.awaited(false); }, [=] { return list_words("MPI_Waitall", count, requests); });
  for (int i = 0; i < count; ++i) {
    if (row.is_active_at(static_cast<std::size_t>(i)))
      row.complete_at(static_cast<std::size_t>(i), status_at(statuses, i));
    else
      set_empty_status(status_at(statuses, i));
  }
  return MPI_SUCCESS;
}

int MPI_Waitany(int count, MPI_Request requests[], int* index, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Row row(count, requests, site);
  *index = MPI_UNDEFINED;
  if (!row.has_active()) return set_empty_status(status), MPI_SUCCESS;
  const std::size_t first = wait_for_some(row, false, [=] { return list_words("MPI_Waitany", count, requests); }).front();
  *index = static_cast<int>(first);
  row.complete_at(first, status);
  return MPI_SUCCESS;
}

int MPI_Waitsome(int count, MPI_Request requests[], int* completed, int indices[], MPI_Status statuses[]) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Row row(count, requests, site);
  *completed = MPI_UNDEFINED;
  if (!row.has_active()) return MPI_SUCCESS;
  *completed = 0;
  for (const std::size_t i : wait_for_some(row, true, [=] { return list_words("MPI_Waitsome", count, requests); })) {
    row.complete_at(i, status_at(statuses, *completed));
    indices[(*completed)++] = static_cast<int>(i);
  }
  return MPI_SUCCESS;
}

int MPI_Test(MPI_Request* request, int* flag, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Row row(1, request, site);
  *flag = 1;
  if (!row.has_active()) return set_empty_status(status), MPI_SUCCESS;
  if (row.all_complete()) return row.complete_at(0, status), MPI_SUCCESS;
  *flag = 0;
  look_in_vain();
  return MPI_SUCCESS;
}

int MPI_Testall(int count, MPI_Request requests[], int* flag, MPI_Status statuses[]) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Row row(count, requests, site);
  *flag = row.all_complete() ? 1 : 0;
  if (!*flag) return look_in_vain(), MPI_SUCCESS;
  for (int i = 0; i < count; ++i) {
    if (row.is_active_at(static_cast<std::size_t>(i)))
      row.complete_at(static_cast<std::size_t>(i), status_at(statuses, i));
    else
      set_empty_status(status_at(statuses, i));
  }
  return MPI_SUCCESS;
}

int MPI_Testany(int count, MPI_Request requests[], int* index, int* flag, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Row row(count, requests, site);
  *index = MPI_UNDEFINED;
  *flag = 1;
  if (!row.has_active()) return set_empty_status(status), MPI_SUCCESS;
  *flag = row.complete_ones().empty() ? 0 : 1;
  if (!*flag) return look_in_vain(), MPI_SUCCESS;
  const std::size_t first = wait_for_some(row, false, [=] { return list_words("MPI_Testany", count, requests); }).front();
  *index = static_cast<int>(first);
  row.complete_at(first, status);
  return MPI_SUCCESS;
}

int MPI_Testsome(int count, MPI_Request requests[], int* completed, int indices[], MPI_Status statuses[]) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Row row(count, requests, site);
  *completed = MPI_UNDEFINED;
  if (!row.has_active()) return MPI_SUCCESS;
  *completed = 0;
  if (row.complete_ones().empty()) return look_in_vain(), MPI_SUCCESS;
  for (const std::size_t i : wait_for_some(row, true, [=] { return list_words("MPI_Testsome", count, requests); })) {
    row.complete_at(i, status_at(statuses, *completed));
    indices[(*completed)++] = static_cast<int>(i);
  }
  return MPI_SUCCESS;
}

int MPI_Request_get_status(MPI_Request handle, int* flag, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Request* request = checked(handle, site);
  if (request == nullptr) return PMPI_Request_get_status(handle, flag, status);
  *flag = !is_active(request) || is_complete(*request) ? 1 : 0;
  if (!*flag) return look_in_vain(), MPI_SUCCESS;
  if (is_active(request) && request->kind == RequestKind::receive && request->operation != 0)
    set_status_of(shared().world.operations[request->operation].partner, request->comm, status);
  else
    set_empty_status(status);
  return MPI_SUCCESS;
}

int MPI_Start(MPI_Request* handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Request* request = checked(*handle, site);
  if (request == nullptr) {
    if (*handle != MPI_REQUEST_NULL) return PMPI_Start(handle);
    report_and_end("request_null", own_words() + ": " + call_words(site) + " starts MPI_REQUEST_NULL.");
  }
  if (!request->persistent)
    report_and_end("request_not_persistent", own_words() + ": " + call_words(site) + " starts a request of " + words_of(*request) +
                                                 place_words(request->site) + ", which has begun by itself.");
  if (is_active(request))
    report_and_end("request_active", own_words() + ": " + call_words(site) + " starts a request of " + words_of(*request) + place_words(request->site) +
                                         " again before it is complete.");
  begin(*request);
  return MPI_SUCCESS;
}

int MPI_Startall(int count, MPI_Request requests[]) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  for (int i = 0; i < count; ++i) {
    Request* request = checked(requests[i], site);
    if (request == nullptr || !request->persistent || is_active(request))
      report_and_end("request_active", own_words() + ": " + call_words(site) + ": request " + std::to_string(i) +
                                           (is_active(request) ? " is not complete yet." : " is no persistent request."));
    begin(*request);
  }
  return MPI_SUCCESS;
}

int MPI_Cancel(MPI_Request* handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Request* request = checked(*handle, site);
  if (request == nullptr) return PMPI_Cancel(handle);
  if (!is_active(request))
    report_and_end("request_inactive", own_words() + ": " + call_words(site) + " cancels a request of " + words_of(*request) + " that is not active.");
  if (request->operation == 0 || request->kind != RequestKind::receive) return MPI_SUCCESS;
  LockedWorld world;
  if (withdraw(*world, request->operation)) request->cancelled = request->arrived = true;
  return MPI_SUCCESS;
}

int MPI_Request_free(MPI_Request* handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Request* request = checked(*handle, site);
  if (request == nullptr) {
    if (*handle != MPI_REQUEST_NULL) return PMPI_Request_free(handle);
    report_and_end("request_null", own_words() + ": " + call_words(site) + " frees MPI_REQUEST_NULL.");
  }
  if (request->kind == RequestKind::receive && is_active(request) && !request->arrived)
    report("request_freed_active", own_words() + ": " + call_words(site) + " frees a request of " + words_of(*request) + place_words(request->site) +
                                       " while the message is still to come: nobody can know when its buffer may be read.");
  request->freed = true;
  request->watched = false;  // when it is complete the student may know from elsewhere, an answer, say
  note_freed(request);
  if (!is_active(request)) retire(*request, site);
  *handle = MPI_REQUEST_NULL;
  return MPI_SUCCESS;
}

}  // extern "C"
