// What the kernel says about the threads of this process: proc(5), /proc/self/task/<tid>/{stat,status,schedstat,syscall,wchan}. Read by raw
// system calls, so that looking at a thread orders nothing for ThreadSanitizer.
#pragma once

#include <cstdint>

namespace lockstep::testkit {

enum class Waits {
  no,        // runs, is ready to run, or is stopped by a page fault or a tracer
  asleep,    // in a pure sleep (nanosleep and its kin)
  timed,     // in a blocking call that a timeout ends
  untimed,   // in a blocking call that only an event ends: not a futex
  on_futex,  // in an untimed futex wait: only a thread that shares the memory can end it
  somehow,   // asleep in a call that the kernel does not let us see
};

struct ThreadLook {
  bool exists = false;
  Waits waits = Waits::no;
  std::uint64_t call = 0;  // hash of the system call and its arguments, of the wait channel where that is hidden
  std::uint64_t cpu_ns = 0;
  std::uint64_t starved_ns = 0;  // could run, but no processor was free; 0 where the kernel does not count it
  std::uint64_t voluntary = 0;  // context switches
  std::uint64_t involuntary = 0;

  bool waiting() const { return exists && waits != Waits::no && waits != Waits::asleep; }
  bool same_sleep_as(const ThreadLook& before) const {
    return waits == before.waits && call == before.call && voluntary == before.voluntary && involuntary == before.involuntary;
  }
};

ThreadLook look_at(int tid);
int own_tid();

// Calls visit(tid, context) for every thread of this process; false if they cannot be listed.
bool for_each_thread(void (*visit)(int tid, void* context), void* context);

void sleep_unseen(long microseconds);  // a raw system call, not cut short by signals
bool has_children();                   // of this process, zombies too

// A word that threads sleep on, invisible to ThreadSanitizer: waking orders nothing but the wake-up itself.
void futex_wait(int* word, int while_equal);
void futex_wake_all(int* word);

}  // namespace lockstep::testkit
