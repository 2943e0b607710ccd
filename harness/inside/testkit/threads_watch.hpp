// Deciding from repeated looks whether a thread is blocked.
#pragma once

#include <map>

#include "harness/inside/testkit/threads_state.hpp"

namespace lockstep::testkit {

// Watches one thread of this process. look() is called about every millisecond.
//
// A thread that waits for a lock looks like one that waits for an event, until the holder of the lock, which may be off the processor on a busy
// machine, has run. So "blocked" means: the same call and no context switch over five looks, and every other thread (but the caller's) was
// asleep over five looks as well, or has had its chance to wake this one since it fell asleep: 20 ms of processor time, or 20 sleeps
// (voluntary context switches; that a busy machine took the processor away from it is no chance).
class BlockedWatch {
 public:
  explicit BlockedWatch(int tid);

  enum class Seen {
    nothing_yet,
    blocked,
    all_blocked_for_good,  // it and all others sit in untimed futex waits, over twenty looks, and no child process could share a futex with
                           // them: only the caller, or nobody, can wake one
    spins,                 // half a second of processor time or a thousand context switches, and never blocked
    gone,
  };
  Seen look();

 private:
  struct Other {
    ThreadLook when_it_fell_asleep;  // the watched thread, not this one
    ThreadLook previous;
    int same_looks = 0;
  };
  void look_at_others();
  void look_at_other(int tid);

  int tid_;
  int caller_;
  bool started_ = false;
  ThreadLook first_, previous_;
  int same_looks_ = 0;
  bool others_had_their_chance_ = false;
  bool all_for_good_ = false;  // every other thread sits in an untimed futex wait, for twenty looks
  std::map<int, Other> others_;
};

}  // namespace lockstep::testkit
