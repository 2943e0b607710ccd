// Windows (MPI 3.1, 11.2), and the calls that open and close epochs on them (11.5). Making, fencing and freeing windows are collective calls. The other
// calls that may wait for other ranks do so in the layer (window_waits.hpp), before the library is asked, so that their waits are part of the proof of a
// deadlock; the library then finds everything as it needs it.
#include <mpi.h>

#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/objects.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/shapes.hpp"
#include "harness/inside/mpiwatch/window_waits.hpp"
#include "harness/inside/mpiwatch/windows.hpp"
#include "harness/inside/mpiwatch/words.hpp"

using namespace lockstep::mpiwatch;

namespace {

bool says(MPI_Info info, const char* key, const char* value) {
  char text[16] = "";
  int found = 0;
  if (info != MPI_INFO_NULL) PMPI_Info_get(info, key, sizeof text - 1, text, &found);
  return found != 0 && std::string(text) == value;
}

struct Making {
  std::int64_t size = 0;
  int unit = 1;
  MPI_Info info = MPI_INFO_NULL;
  bool dynamic = false, shared_memory = false;
};

Misuse check_making(const Making& making, const void* base, MPI_Comm comm) {
  if (const Misuse misuse = check_communicator(comm)) return misuse;
  if (communicator_of(comm).between) return {"communicator", "windows are made on intra-communicators only"};
  if (making.size < 0) return {"count", "the size is " + std::to_string(making.size)};
  if (making.unit <= 0) return {"count", "the displacement unit is " + std::to_string(making.unit)};
  if (base == nullptr && making.size > 0) return {"null_buffer", "the memory is a null pointer, and the size is " + std::to_string(making.size)};
  return {};
}

template <class Make>
int make_window(const Site& site, const Making& making, const void* base, MPI_Comm comm, MPI_Win* made, const Make& make) {
  enter(site);
  if (const Misuse misuse = check_making(making, base, comm)) return answer(misuse, site, comm, make);
  const Communicator& old = communicator_of(comm);
  Window window;
  window.members = old.members;
  window.shared_memory = making.shared_memory;
  window.epochs.locks_allowed = !says(making.info, "no_locks", "true");
  const std::uint64_t id = mixed(old.id, old.collectives + 0x5157ULL);
  {
    LockedWorld world;
    window.index = find_window(*world, id, window.everyone());
    WindowView& view = world->windows[window.index];
    view.dynamic = making.dynamic;
    view.size[self().rank] = making.size;
    view.unit[self().rank] = making.unit;
  }
  if (window.index == 0) report_and_end("too_many", "More than " + std::to_string(most_windows - 1) + " windows exist at a time.");
  const int rc = meet(site, comm, shape_of_meeting(), make, std::string(site.call) + "()");
  if (rc != MPI_SUCCESS) return rc;
  PMPI_Comm_dup(comm, &window.comm);
  note_communicator(window.comm, id, site, false);
  note_window(*made, window);
  note_made(*made, "window", site);
  return rc;
}

// A call that names a target.
struct Targeted {
  Window& window;
  int target;  // in the world; any_rank: MPI_PROC_NULL, for which nothing happens
  Misuse misuse;

  Mask mask() const { return only(target); }
};

Targeted enter_for(const Site& site, MPI_Win handle, int target) {
  enter(site);
  Window& window = window_of(site, handle);
  Misuse misuse = check_target(window, target);
  return {window, misuse || target == MPI_PROC_NULL ? any_rank : window.members[static_cast<std::size_t>(target)], misuse};
}

Window& enter_window(const Site& site, MPI_Win handle) {
  enter(site);
  return window_of(site, handle);
}

Misuse check_group(const Window& window, MPI_Group group) {
  if (group == MPI_GROUP_NULL) return {"rank", "the group is MPI_GROUP_NULL"};
  if ((mask_of(group) & ~window.everyone()) != 0) return {"rank", "the group has ranks that are not in the window's group"};
  return {};
}

std::string ranks_words(Mask ranks) {
  std::string text;
  for (int rank = 0; rank < most_ranks; ++rank)
    if (holds(ranks, rank)) text += (text.empty() ? "" : ", ") + rank_of_world(rank);
  return text;
}

Mask awaited_now(const WindowWait& wait) {
  LockedWorld world;
  return awaited_ranks(*world, self().rank, wait);
}

void wait_for_ranks(const WindowWait& wait, const std::string& words) {
  {
    LockedWorld world;
    world->window_waits[self().rank] = wait;
  }
  const auto done = [&] {
    LockedWorld world;
    if (awaited_ranks(*world, self().rank, wait) != 0) return false;
    begin_epochs(*world, self().rank, wait);
    return true;
  };
  wait_until(done, [] { return Awaited{{item_of_window_wait(self().rank)}, false}; }, [&] { return words; });
}

void take_lock(const Site& site, const Window& window, Mask targets, bool exclusive, int assertion, const std::string& words) {
  const WindowWait wait{WindowCall::lock, exclusive, window.index, targets};
  Mask exposed = 0;
  {
    LockedWorld world;
    WindowView& view = world->windows[window.index];
    exposed = view.exposed & targets;
    view.locked_at[self().rank] = site;
  }
  if (exposed != 0) refuse({"locks the window of " + ranks_words(exposed) + ", which exposes it by MPI_Win_post to others at the same time"}, site);
  const Mask holders = (assertion & MPI_MODE_NOCHECK) != 0 ? awaited_now(wait) : 0;
  if (holders != 0) refuse({"promises that nobody holds a lock (MPI_MODE_NOCHECK), but " + ranks_words(holders) + " does"}, site);
  wait_for_ranks(wait, words);
}

void close_passive(Window& window, Mask targets, const Site& site) {
  note_completion(window, targets, Completion::everywhere);
  settle_buffers(window, targets, site);
  share_knowledge(targets);
  LockedWorld world;
  unlock(*world, window.index, self().rank, targets);
}

// The accesses to `targets` are complete, but the epoch goes on.
int flush(const Site& site, Window& window, Mask targets, Completion completion, int rc) {
  note_completion(window, targets, completion);
  settle_buffers(window, targets, site);
  share_knowledge(targets);
  return rc;
}

int end_exposure(Window& window, int rc) {
  LockedWorld world;
  close_exposure(*world, window.index, self().rank);
  return rc;
}

}  // namespace

extern "C" {

int MPI_Win_create(void* base, MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, MPI_Win* made) {
  return make_window(LOCKSTEP_SITE(), {size, unit, info}, base, comm, made, [=] { return PMPI_Win_create(base, size, unit, info, comm, made); });
}
int MPI_Win_allocate(MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, void* base, MPI_Win* made) {
  return make_window(LOCKSTEP_SITE(), {size, unit, info}, base, comm, made, [=] { return PMPI_Win_allocate(size, unit, info, comm, base, made); });
}
int MPI_Win_allocate_shared(MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, void* base, MPI_Win* made) {
  return make_window(LOCKSTEP_SITE(), {size, unit, info, false, true}, base, comm, made,
                     [=] { return PMPI_Win_allocate_shared(size, unit, info, comm, base, made); });
}
int MPI_Win_create_dynamic(MPI_Info info, MPI_Comm comm, MPI_Win* made) {
  return make_window(LOCKSTEP_SITE(), {0, 1, info, true}, nullptr, comm, made, [=] { return PMPI_Win_create_dynamic(info, comm, made); });
}

int MPI_Win_free(MPI_Win* handle) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, *handle);
  refuse(find_open(window.epochs), site);
  note_freed(*handle);
  MPI_Comm comm = window.comm;
  const MPI_Win freed = *handle;
  const int rc = meet(site, comm, shape_of_meeting(), [=] { return PMPI_Win_free(handle); }, "MPI_Win_free()");
  forget_window(freed);
  forget_communicator(comm);
  PMPI_Comm_free(&comm);
  return rc;
}

int MPI_Win_attach(MPI_Win handle, void* base, MPI_Aint size) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, handle);
  const bool fits = note_attached(window, base, size);
  if (!fits) refuse({"attaches memory that is attached already"}, site);
  return PMPI_Win_attach(handle, base, size);
}

int MPI_Win_detach(MPI_Win handle, const void* base) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, handle);
  if (!note_detached(window, base)) refuse({"detaches memory that is not attached"}, site);
  return PMPI_Win_detach(handle, base);
}

int MPI_Win_shared_query(MPI_Win handle, int target, MPI_Aint* size, int* unit, void* base) {
  const Site site = LOCKSTEP_SITE();
  const auto library = [=] { return PMPI_Win_shared_query(handle, target, size, unit, base); };
  const Targeted call = enter_for(site, handle, target);
  if (call.misuse) return answer(call.misuse, site, handle, library);
  if (!call.window.shared_memory) refuse({"asks for the memory of a window that MPI_Win_allocate_shared has not made"}, site);
  return library();
}

int MPI_Win_fence(int assertion, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, handle);
  refuse(pass_fence(window.epochs, site, (assertion & MPI_MODE_NOPRECEDE) != 0, (assertion & MPI_MODE_NOSUCCEED) != 0), site);
  const Mask everyone = window.everyone();
  note_completion(window, everyone, Completion::everywhere);  // known to those who meet here
  const int rc = meet(site, window.comm, shape_of_meeting(), [=] { return PMPI_Win_fence(assertion, handle); }, "MPI_Win_fence()");
  settle_buffers(window, everyone, site);
  share_knowledge(everyone);
  return rc;
}

int MPI_Win_lock(int kind, int target, int assertion, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  const auto library = [=] { return PMPI_Win_lock(kind, target, assertion, handle); };
  Targeted call = enter_for(site, handle, target);
  if (!call.misuse && kind != MPI_LOCK_SHARED && kind != MPI_LOCK_EXCLUSIVE)
    call.misuse = {"window", "the lock is neither MPI_LOCK_SHARED nor MPI_LOCK_EXCLUSIVE"};
  if (call.misuse) return answer(call.misuse, site, handle, library);
  if (call.target == any_rank) return library();
  const bool exclusive = kind == MPI_LOCK_EXCLUSIVE;
  refuse(open_lock(call.window.epochs, site, call.target, exclusive), site, call.target);
  take_lock(site, call.window, call.mask(), exclusive, assertion,
            std::string("MPI_Win_lock(") + (exclusive ? "MPI_LOCK_EXCLUSIVE" : "MPI_LOCK_SHARED") + ", target=" + rank_words(target) + ")");
  return library();
}

int MPI_Win_unlock(int target, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  const auto library = [=] { return PMPI_Win_unlock(target, handle); };
  const Targeted call = enter_for(site, handle, target);
  if (call.misuse) return answer(call.misuse, site, handle, library);
  if (call.target == any_rank) return library();
  refuse(close_lock(call.window.epochs, call.target), site, call.target);
  const int rc = library();
  close_passive(call.window, call.mask(), site);
  return rc;
}

int MPI_Win_lock_all(int assertion, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, handle);
  refuse(open_lock_all(window.epochs, site), site);
  take_lock(site, window, window.everyone(), false, assertion, "MPI_Win_lock_all()");
  return PMPI_Win_lock_all(assertion, handle);
}

int MPI_Win_unlock_all(MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, handle);
  refuse(close_lock_all(window.epochs), site);
  const int rc = PMPI_Win_unlock_all(handle);
  close_passive(window, window.everyone(), site);
  return rc;
}

#define LOCKSTEP_FLUSH(Name, completion)                                                     \
  int MPI_##Name(int target, MPI_Win handle) {                                               \
    const Site site = LOCKSTEP_SITE();                                                       \
    const auto library = [=] { return PMPI_##Name(target, handle); };                        \
    const Targeted call = enter_for(site, handle, target);                                   \
    if (call.misuse) return answer(call.misuse, site, handle, library);                      \
    if (call.target == any_rank) return library();                                           \
    refuse(check_flush(call.window.epochs, call.target), site, call.target);                 \
    return flush(site, call.window, call.mask(), completion, library());                     \
  }                                                                                          \
  int MPI_##Name##_all(MPI_Win handle) {                                                     \
    const Site site = LOCKSTEP_SITE();                                                       \
    Window& window = enter_window(site, handle);                                             \
    refuse(check_flush_all(window.epochs), site);                                            \
    return flush(site, window, window.everyone(), completion, PMPI_##Name##_all(handle));    \
  }
LOCKSTEP_FLUSH(Win_flush, Completion::everywhere)
LOCKSTEP_FLUSH(Win_flush_local, Completion::at_origin)

int MPI_Win_sync(MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  enter_window(site, handle);
  return PMPI_Win_sync(handle);
}

int MPI_Win_start(MPI_Group group, int assertion, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, handle);
  const auto library = [=] { return PMPI_Win_start(group, assertion, handle); };
  if (const Misuse misuse = check_group(window, group)) return answer(misuse, site, handle, library);
  const WindowWait wait{WindowCall::start, false, window.index, mask_of(group)};
  refuse(open_start(window.epochs, site, wait.ranks), site);
  const Mask missing = (assertion & MPI_MODE_NOCHECK) != 0 ? awaited_now(wait) : 0;
  if (missing != 0) refuse({"promises that all of its targets have posted (MPI_MODE_NOCHECK), but " + ranks_words(missing) + " has not"}, site);
  wait_for_ranks(wait, "MPI_Win_start(group of " + ranks_words(wait.ranks) + ")");
  return library();
}

int MPI_Win_complete(MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, handle);
  const Mask targets = window.epochs.targets;
  refuse(close_start(window.epochs), site);
  const int rc = PMPI_Win_complete(handle);
  note_completion(window, targets, Completion::everywhere);
  settle_buffers(window, targets, site);
  share_knowledge(targets);
  LockedWorld world;
  complete_epochs(*world, window.index, self().rank, targets);
  return rc;
}

int MPI_Win_post(MPI_Group group, int assertion, MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, handle);
  const auto library = [=] { return PMPI_Win_post(group, assertion, handle); };
  if (const Misuse misuse = check_group(window, group)) return answer(misuse, site, handle, library);
  const Mask origins = mask_of(group);
  refuse(open_post(window.epochs, site, origins), site);
  Mask holders = 0;
  {
    LockedWorld world;
    const WindowView& view = world->windows[window.index];
    holders = view.owned_by[self().rank] | view.shared_by[self().rank];
  }
  if (holders != 0) refuse({"exposes a window that " + ranks_words(holders) + " has locked"}, site);
  const int rc = library();
  LockedWorld world;
  open_exposure(*world, window.index, self().rank, origins);
  return rc;
}

int MPI_Win_wait(MPI_Win handle) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, handle);
  const WindowWait wait{WindowCall::wait, false, window.index, window.epochs.origins};
  refuse(close_post(window.epochs), site);
  wait_for_ranks(wait, "MPI_Win_wait() for " + ranks_words(wait.ranks));
  return end_exposure(window, PMPI_Win_wait(handle));
}

int MPI_Win_test(MPI_Win handle, int* flag) {
  const Site site = LOCKSTEP_SITE();
  Window& window = enter_window(site, handle);
  Epochs after = window.epochs;
  refuse(close_post(after), site);
  *flag = 0;
  if (awaited_now({WindowCall::wait, false, window.index, window.epochs.origins}) != 0) return look_in_vain(), MPI_SUCCESS;
  const int rc = PMPI_Win_test(handle, flag);
  if (!*flag) return look_in_vain(), rc;
  window.epochs = after;
  return end_exposure(window, rc);
}

}  // extern "C"
