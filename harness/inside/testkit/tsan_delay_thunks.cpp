// The functions that redirect_tsan.syms names: lockstep_delayed_X delays, then jumps to X.
//
// One thunk serves every function, whatever its parameters, variadic ones too: it saves the registers that carry arguments (System V ABI for
// AMD64, 3.2.3), calls the delay, restores them and jumps. The target finds its caller's stack and return address as if it had been called
// directly, so ThreadSanitizer records the student's own line, and an exception or a cancelled wait unwinds as ever. None of the targets takes
// floating point or vector arguments. Weak references: a target that this C library or runtime lacks is not called by any object that was linked
// with it.
#include "harness/inside/testkit/tsan_delay.hpp"
#include "harness/inside/testkit/under_tsan.hpp"

#ifdef LOCKSTEP_UNDER_TSAN

#define THUNK(delay, target)                  \
  asm(".text\n"                               \
      ".p2align 4\n"                          \
      ".globl lockstep_delayed_" #target      \
      "\n"                                    \
      ".hidden lockstep_delayed_" #target     \
      "\n"                                    \
      ".type lockstep_delayed_" #target       \
      ", @function\n"                         \
      ".weak " #target                        \
      "\n"                                    \
      "lockstep_delayed_" #target             \
      ":\n"                                   \
      ".cfi_startproc\n"                      \
      "push %rdi\n.cfi_adjust_cfa_offset 8\n" \
      "push %rsi\n.cfi_adjust_cfa_offset 8\n" \
      "push %rdx\n.cfi_adjust_cfa_offset 8\n" \
      "push %rcx\n.cfi_adjust_cfa_offset 8\n" \
      "push %r8\n.cfi_adjust_cfa_offset 8\n"  \
      "push %r9\n.cfi_adjust_cfa_offset 8\n"  \
      "push %rax\n.cfi_adjust_cfa_offset 8\n" \
      "call " #delay                          \
      "\n"                                    \
      "pop %rax\n.cfi_adjust_cfa_offset -8\n" \
      "pop %r9\n.cfi_adjust_cfa_offset -8\n"  \
      "pop %r8\n.cfi_adjust_cfa_offset -8\n"  \
      "pop %rcx\n.cfi_adjust_cfa_offset -8\n" \
      "pop %rdx\n.cfi_adjust_cfa_offset -8\n" \
      "pop %rsi\n.cfi_adjust_cfa_offset -8\n" \
      "pop %rdi\n.cfi_adjust_cfa_offset -8\n" \
      "jmp *" #target                         \
      "@GOTPCREL(%rip)\n"                     \
      ".cfi_endproc\n"                        \
      ".size lockstep_delayed_" #target ", .-lockstep_delayed_" #target "\n");

#define SYNC(target) THUNK(lockstep_delay_synchronisation, target)
#define ATOM(target) THUNK(lockstep_delay_atomic, target)

// clang-format off
SYNC(pthread_mutex_lock) SYNC(pthread_mutex_trylock) SYNC(pthread_mutex_timedlock) SYNC(pthread_mutex_clocklock) SYNC(pthread_mutex_unlock)
SYNC(pthread_cond_wait) SYNC(pthread_cond_timedwait) SYNC(pthread_cond_clockwait) SYNC(pthread_cond_signal) SYNC(pthread_cond_broadcast)
SYNC(pthread_rwlock_rdlock) SYNC(pthread_rwlock_wrlock) SYNC(pthread_rwlock_tryrdlock) SYNC(pthread_rwlock_trywrlock)
SYNC(pthread_rwlock_timedrdlock) SYNC(pthread_rwlock_timedwrlock) SYNC(pthread_rwlock_clockrdlock) SYNC(pthread_rwlock_clockwrlock)
SYNC(pthread_rwlock_unlock) SYNC(pthread_spin_lock) SYNC(pthread_spin_trylock) SYNC(pthread_spin_unlock) SYNC(pthread_barrier_wait)
SYNC(pthread_once) SYNC(pthread_create) SYNC(pthread_join) SYNC(pthread_detach) SYNC(sem_wait) SYNC(sem_trywait) SYNC(sem_timedwait)
SYNC(sem_clockwait) SYNC(sem_post) SYNC(syscall) SYNC(_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE)
SYNC(_ZNSt18condition_variable10notify_oneEv) SYNC(_ZNSt18condition_variable10notify_allEv)
SYNC(_ZNSt6thread15_M_start_threadESt10unique_ptrINS_6_StateESt14default_deleteIS1_EEPFvvE) SYNC(_ZNSt6thread4joinEv)
SYNC(_ZNSt6thread6detachEv)
SYNC(_ZNSt28__atomic_futex_unsigned_base19_M_futex_wait_untilEPjjbNSt6chrono8durationIlSt5ratioILl1ELl1EEEENS2_IlS3_ILl1ELl1000000000EEEE)
SYNC(_ZNSt28__atomic_futex_unsigned_base19_M_futex_notify_allEPj)
ATOM(__tsan_atomic8_load) ATOM(__tsan_atomic8_store) ATOM(__tsan_atomic8_exchange) ATOM(__tsan_atomic8_fetch_add)
ATOM(__tsan_atomic8_fetch_sub) ATOM(__tsan_atomic8_fetch_and) ATOM(__tsan_atomic8_fetch_or) ATOM(__tsan_atomic8_fetch_xor)
ATOM(__tsan_atomic8_fetch_nand) ATOM(__tsan_atomic8_compare_exchange_strong) ATOM(__tsan_atomic8_compare_exchange_weak)
ATOM(__tsan_atomic8_compare_exchange_val) ATOM(__tsan_atomic16_load) ATOM(__tsan_atomic16_store) ATOM(__tsan_atomic16_exchange)
ATOM(__tsan_atomic16_fetch_add) ATOM(__tsan_atomic16_fetch_sub) ATOM(__tsan_atomic16_fetch_and) ATOM(__tsan_atomic16_fetch_or)
ATOM(__tsan_atomic16_fetch_xor) ATOM(__tsan_atomic16_fetch_nand) ATOM(__tsan_atomic16_compare_exchange_strong)
ATOM(__tsan_atomic16_compare_exchange_weak) ATOM(__tsan_atomic16_compare_exchange_val) ATOM(__tsan_atomic32_load)
ATOM(__tsan_atomic32_store) ATOM(__tsan_atomic32_exchange) ATOM(__tsan_atomic32_fetch_add) ATOM(__tsan_atomic32_fetch_sub)
ATOM(__tsan_atomic32_fetch_and) ATOM(__tsan_atomic32_fetch_or) ATOM(__tsan_atomic32_fetch_xor) ATOM(__tsan_atomic32_fetch_nand)
ATOM(__tsan_atomic32_compare_exchange_strong) ATOM(__tsan_atomic32_compare_exchange_weak) ATOM(__tsan_atomic32_compare_exchange_val)
ATOM(__tsan_atomic64_load) ATOM(__tsan_atomic64_store) ATOM(__tsan_atomic64_exchange) ATOM(__tsan_atomic64_fetch_add)
ATOM(__tsan_atomic64_fetch_sub) ATOM(__tsan_atomic64_fetch_and) ATOM(__tsan_atomic64_fetch_or) ATOM(__tsan_atomic64_fetch_xor)
ATOM(__tsan_atomic64_fetch_nand) ATOM(__tsan_atomic64_compare_exchange_strong) ATOM(__tsan_atomic64_compare_exchange_weak)
ATOM(__tsan_atomic64_compare_exchange_val) ATOM(__tsan_atomic128_load) ATOM(__tsan_atomic128_store) ATOM(__tsan_atomic128_exchange)
ATOM(__tsan_atomic128_fetch_add) ATOM(__tsan_atomic128_fetch_sub) ATOM(__tsan_atomic128_fetch_and) ATOM(__tsan_atomic128_fetch_or)
ATOM(__tsan_atomic128_fetch_xor) ATOM(__tsan_atomic128_fetch_nand) ATOM(__tsan_atomic128_compare_exchange_strong)
ATOM(__tsan_atomic128_compare_exchange_weak) ATOM(__tsan_atomic128_compare_exchange_val)
// clang-format on

#endif
