#include "harness/inside/mpiwatch/epochs.hpp"

#include <bit>

namespace lockstep::mpiwatch {
namespace {

Breach open_by(const Site& site) { return {"comes while the epoch is open that began with", site}; }

Breach find_lock(const Epochs& epochs) {
  if (epochs.locks_all) return open_by(epochs.lock_all);
  if (epochs.locked != 0) return open_by(epochs.locks[std::countr_zero(epochs.locked)]);
  return {};
}

// A fence opens an epoch only if accesses follow it (11.5.1).
Breach find_fence(const Epochs& epochs) { return epochs.fenced && epochs.accessed ? open_by(epochs.fence) : Breach{}; }

Breach find_access_epoch(const Epochs& epochs) {
  if (epochs.starts) return open_by(epochs.start);
  return find_lock(epochs);
}

Breach find_explicit(const Epochs& epochs) {
  if (const Breach breach = find_access_epoch(epochs)) return breach;
  return epochs.exposes ? open_by(epochs.post) : Breach{};
}

Breach check_lock(const Epochs& epochs) {
  if (!epochs.locks_allowed) return {"locks a window that was made with the promise that nobody does (no_locks)"};
  if (const Breach breach = find_fence(epochs)) return breach;
  return epochs.starts ? open_by(epochs.start) : Breach{};
}

}  // namespace

Breach pass_fence(Epochs& epochs, const Site& site, bool no_accesses_before, bool none_after) {
  if (const Breach breach = find_explicit(epochs)) return breach;
  if (no_accesses_before && epochs.accessed) return {"promises that no accesses came before it (MPI_MODE_NOPRECEDE), but there were some since", epochs.fence};
  epochs.fenced = !none_after;
  epochs.accessed = false;
  epochs.fence = site;
  return {};
}

Breach open_start(Epochs& epochs, const Site& site, Mask targets) {
  if (const Breach breach = find_access_epoch(epochs)) return breach;
  if (const Breach breach = find_fence(epochs)) return breach;
  epochs.fenced = false;
  epochs.starts = true;
  epochs.targets = targets;
  epochs.start = site;
  return {};
}

Breach close_start(Epochs& epochs) {
  if (!epochs.starts) return {"ends an epoch that no MPI_Win_start has begun"};
  epochs.starts = false;
  epochs.targets = 0;
  return {};
}

Breach open_post(Epochs& epochs, const Site& site, Mask origins) {
  if (epochs.exposes) return open_by(epochs.post);
  if (const Breach breach = find_fence(epochs)) return breach;
  epochs.exposes = true;
  epochs.origins = origins;
  epochs.post = site;
  return {};
}

Breach close_post(Epochs& epochs) {
  if (!epochs.exposes) return {"ends an epoch that no MPI_Win_post has begun"};
  epochs.exposes = false;
  epochs.origins = 0;
  return {};
}

Breach open_lock(Epochs& epochs, const Site& site, int target, bool exclusive) {
  if (const Breach breach = check_lock(epochs)) return breach;
  if (epochs.locks_all) return open_by(epochs.lock_all);
  if (holds(epochs.locked, target)) return {"locks it a second time; the first lock is", epochs.locks[target]};
  epochs.fenced = false;
  epochs.locked |= only(target);
  if (exclusive) epochs.exclusive |= only(target);
  epochs.locks[target] = site;
  return {};
}

Breach close_lock(Epochs& epochs, int target) {
  if (!holds(epochs.locked, target))
    return epochs.locks_all ? Breach{"ends a part of an epoch that only MPI_Win_unlock_all ends, since it began with", epochs.lock_all}
                            : Breach{"unlocks what is not locked"};
  epochs.locked &= ~only(target);
  epochs.exclusive &= ~only(target);
  return {};
}

Breach open_lock_all(Epochs& epochs, const Site& site) {
  if (const Breach breach = check_lock(epochs)) return breach;
  if (const Breach breach = find_lock(epochs)) return breach;
  epochs.fenced = false;
  epochs.locks_all = true;
  epochs.lock_all = site;
  return {};
}

Breach close_lock_all(Epochs& epochs) {
  if (!epochs.locks_all) return {"ends an epoch that no MPI_Win_lock_all has begun"};
  epochs.locks_all = false;
  return {};
}

Breach note_access(Epochs& epochs, int target, bool requested) {
  if (is_passive(epochs, target)) return {};
  if (requested) return {"comes outside of an epoch of MPI_Win_lock or MPI_Win_lock_all, which a call with a request needs"};
  if (epochs.fenced) return epochs.accessed = true, Breach{};
  if (holds(epochs.targets, target)) return {};
  if (epochs.starts) return {"accesses a rank that is not in the group of", epochs.start};
  if (epochs.locked != 0) return {"accesses a rank that is not locked; the lock that is held is", epochs.locks[std::countr_zero(epochs.locked)]};
  return {"comes outside of an epoch: no fence, start or lock has opened one"};
}

Breach check_flush(const Epochs& epochs, int target) {
  if (is_passive(epochs, target)) return {};
  return {"flushes what is not locked: it needs an epoch of MPI_Win_lock or MPI_Win_lock_all"};
}

Breach check_flush_all(const Epochs& epochs) {
  if (epochs.locks_all || epochs.locked != 0) return {};
  return {"flushes what is not locked: it needs an epoch of MPI_Win_lock or MPI_Win_lock_all"};
}

Breach find_open(const Epochs& epochs) {
  if (const Breach breach = find_explicit(epochs)) return breach;
  return find_fence(epochs);
}

}  // namespace lockstep::mpiwatch
