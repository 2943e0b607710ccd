// Windows (MPI 3.1, chapter 11): making, fencing and freeing them are collective calls; an access to another rank's memory needs an epoch.
#include <mpi.h>

#include <map>

#include "harness/inside/mpiwatch/objects.hpp"
#include "harness/inside/mpiwatch/shapes.hpp"

using namespace lockstep::mpiwatch;

namespace {

struct Window {
  MPI_Comm comm = MPI_COMM_NULL;  // the layer's own copy: the student may free theirs
  bool fenced = false;            // between two fences, as far as their assertions say
  bool started = false;           // MPI_Win_start
  bool posted = false;
  bool all_locked = false;
  std::map<int, Site> locked;     // by target
  Site opened{};
};

std::map<MPI_Win, Window>& windows() {
  static auto* all = new std::map<MPI_Win, Window>;
  return *all;
}

template <class Make>
int make_window(const Site& site, MPI_Comm comm, MPI_Win* made, const Make& make) {
  enter(site);
  if (const Misuse misuse = check_communicator(comm)) return answer(misuse, site, comm, make);
  const int rc = meet(site, comm, shape_of_meeting(), make, std::string(site.call) + "()");
  if (rc != MPI_SUCCESS) return rc;
  Window window;
  PMPI_Comm_dup(comm, &window.comm);
  const Communicator& old = communicator_of(comm);
  note_communicator(window.comm, mixed(old.id, old.collectives + 0x5157ULL), site, false);
  windows()[*made] = window;
  note_made(*made, "window", site);
  return rc;
}

Window& window_of(const Site& site, MPI_Win handle) {
  const auto found = windows().find(handle);
  if (found != windows().end()) return found->second;
  report_and_end("window", own_words() + ": " + call_words(site) + " gets a window that is none, or has been freed.");
}

void check_epoch(const Site& site, MPI_Win handle, int target) {
  enter(site);
  const Window& window = window_of(site, handle);
  if (target == MPI_PROC_NULL || window.fenced || window.started || window.all_locked || window.locked.contains(target)) return;
  report_and_end("window", own_words() + ": " + call_words(site) + " accesses the memory of rank " + std::to_string(target) +
                               " outside of an epoch: no fence, start or lock has opened one.");
}

}  // namespace

extern "C" {

int MPI_Win_create(void* base, MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, MPI_Win* made) {
  return make_window(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Win_create(base, size, unit, info, comm, made); });
}
int MPI_Win_allocate(MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, void* base, MPI_Win* made) {
  return make_window(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Win_allocate(size, unit, info, comm, base, made); });
}
int MPI_Win_allocate_shared(MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, void* base, MPI_Win* made) {
  return make_window(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Win_allocate_shared(size, unit, info, comm, base, made); });
}
int MPI_Win_create_dynamic(MPI_Info info, MPI_Comm comm, MPI_Win* made) {
  return make_window(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Win_create_dynamic(info, comm, made); });
}

int MPI_Win_free(MPI_Win* handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Window& window = window_of(site, *handle);
  if (window.all_locked || window.started || !window.locked.empty())
    report_and_end("window", own_words() + ": " + call_words(site) + " frees a window with an epoch that is still open, opened by " +
                                 call_words(window.opened) + ".");
  note_freed(*handle);
  MPI_Comm comm = window.comm;
  windows().erase(*handle);
  const int rc = meet(site, comm, shape_of_meeting(), [=] { return PMPI_Win_free(handle); }, "MPI_Win_free()");
  forget_communicator(comm);
  PMPI_Comm_free(&comm);
  return rc;
}

int MPI_Win_fence(int assertion, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Window& window = window_of(site, handle);
  if (window.all_locked || !window.locked.empty())
    report_and_end("window", own_words() + ": " + call_words(site) + " comes while a lock of " + call_words(window.opened) + " is held.");
  const int rc = meet(site, window.comm, shape_of_meeting(), [=] { return PMPI_Win_fence(assertion, handle); }, "MPI_Win_fence()");
  window.fenced = (assertion & MPI_MODE_NOSUCCEED) == 0;
  return rc;
}

int MPI_Win_lock(int kind, int target, int assertion, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Window& window = window_of(site, handle);
  if (window.locked.contains(target) || window.all_locked)
    report_and_end("window", own_words() + ": " + call_words(site) + " locks rank " + std::to_string(target) + " a second time; the first lock is " +
                                 call_words(window.opened) + ".");
  window.locked[target] = window.opened = site;
  return PMPI_Win_lock(kind, target, assertion, handle);
}

int MPI_Win_unlock(int target, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Window& window = window_of(site, handle);
  if (window.locked.erase(target) == 0)
    report_and_end("window", own_words() + ": " + call_words(site) + " unlocks rank " + std::to_string(target) + ", which is not locked.");
  return PMPI_Win_unlock(target, handle);
}

int MPI_Win_lock_all(int assertion, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Window& window = window_of(site, handle);
  if (window.all_locked || !window.locked.empty())
    report_and_end("window", own_words() + ": " + call_words(site) + " comes while a lock of " + call_words(window.opened) + " is held.");
  window.all_locked = true;
  window.opened = site;
  return PMPI_Win_lock_all(assertion, handle);
}

int MPI_Win_unlock_all(MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Window& window = window_of(site, handle);
  if (!window.all_locked) report_and_end("window", own_words() + ": " + call_words(site) + " ends an epoch that no MPI_Win_lock_all has opened.");
  window.all_locked = false;
  return PMPI_Win_unlock_all(handle);
}

int MPI_Win_start(MPI_Group group, int assertion, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Window& window = window_of(site, handle);
  window.started = true;
  window.opened = site;
  return PMPI_Win_start(group, assertion, handle);
}

int MPI_Win_complete(MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Window& window = window_of(site, handle);
  if (!window.started) report_and_end("window", own_words() + ": " + call_words(site) + " ends an epoch that no MPI_Win_start has opened.");
  window.started = false;
  return PMPI_Win_complete(handle);
}

int MPI_Win_post(MPI_Group group, int assertion, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  window_of(site, handle).posted = true;
  return PMPI_Win_post(group, assertion, handle);
}

int MPI_Win_wait(MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  Window& window = window_of(site, handle);
  if (!window.posted) report_and_end("window", own_words() + ": " + call_words(site) + " ends an epoch that no MPI_Win_post has opened.");
  window.posted = false;
  return PMPI_Win_wait(handle);
}

int MPI_Put(const void* data, int count, MPI_Datatype type, int target, MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Win window) {
  check_epoch(LOCKSTEP_SITE(), window, target);
  return PMPI_Put(data, count, type, target, at, target_count, target_type, window);
}
int MPI_Get(void* data, int count, MPI_Datatype type, int target, MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Win window) {
  check_epoch(LOCKSTEP_SITE(), window, target);
  return PMPI_Get(data, count, type, target, at, target_count, target_type, window);
}
int MPI_Accumulate(const void* data, int count, MPI_Datatype type, int target, MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Op op,
                   MPI_Win window) {
  check_epoch(LOCKSTEP_SITE(), window, target);
  return PMPI_Accumulate(data, count, type, target, at, target_count, target_type, op, window);
}
int MPI_Fetch_and_op(const void* data, void* result, MPI_Datatype type, int target, MPI_Aint at, MPI_Op op, MPI_Win window) {
  check_epoch(LOCKSTEP_SITE(), window, target);
  return PMPI_Fetch_and_op(data, result, type, target, at, op, window);
}
int MPI_Compare_and_swap(const void* data, const void* compare, void* result, MPI_Datatype type, int target, MPI_Aint at, MPI_Win window) {
  check_epoch(LOCKSTEP_SITE(), window, target);
  return PMPI_Compare_and_swap(data, compare, result, type, target, at, window);
}

}  // extern "C"
