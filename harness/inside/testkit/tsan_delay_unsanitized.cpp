// A race needs an unlucky moment. Every synchronisation of the student's is a point where luck is changed: at one of three a thread yields or
// sleeps up to 200 microseconds, from a sequence of its own that LOCKSTEP_SEED and the order of the threads' first points decide. Atomic
// operations are delayed less often, since programs spin on them. A thread that was delayed for 100 ms in sum is delayed no more, so no test
// takes much longer.
#include <sys/syscall.h>
#include <time.h>

#include <cstdint>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/channel/raw_syscalls.hpp"
#include "harness/inside/testkit/tsan_delay.hpp"

namespace {

constexpr std::uint64_t longest_ns = 200'000, most_in_sum_ns = 100'000'000;

struct Luck {
  std::uint64_t state = 0;
  std::uint64_t spent_ns = 0;

  std::uint64_t next() {  // splitmix64 (Steele, Lea, Flood 2014)
    std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
};

thread_local Luck luck;
std::uint64_t threads = 0;

void delay(unsigned one_of) {
  Luck& own = luck;
  if (own.spent_ns >= most_in_sum_ns) return;
  if (own.state == 0) own.state = lockstep::channel::seed() * 0x2545f4914f6cdd1du + (__atomic_add_fetch(&threads, 1, __ATOMIC_RELAXED) << 32);
  const std::uint64_t chance = own.next();
  if (chance % one_of != 0) return;
  if ((chance >> 32) % 2 == 0) {
    own.spent_ns += 1000;
    lockstep::raw::call(SYS_sched_yield);
    return;
  }
  const timespec time{0, static_cast<long>((chance >> 33) % longest_ns)};
  own.spent_ns += static_cast<std::uint64_t>(time.tv_nsec) + 60'000;  // what the kernel adds to a short sleep: its timer slack of 50 us
  lockstep::raw::call(SYS_nanosleep, &time, nullptr);
}

}  // namespace

void lockstep_delay_synchronisation() { delay(3); }
void lockstep_delay_atomic() { delay(12); }
