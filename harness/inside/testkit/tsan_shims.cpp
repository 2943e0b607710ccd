// What ThreadSanitizer's runtime does not know about the libraries below us, told to it, so that right programs stay silent. Each part states
// its reason. Only in the tsan profile: elsewhere this file is empty.
#include "harness/inside/testkit/under_tsan.hpp"

#ifdef LOCKSTEP_UNDER_TSAN

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/syscall.h>
#include <time.h>

#include <cstdint>
#include <exception>
#include <locale>

#include "harness/inside/channel/raw_syscalls.hpp"

extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
}

namespace {

template <class Function>
Function* next_definition(const char* symbol) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, symbol));
}

// `deadline` of `clock` as a time of CLOCK_REALTIME.
timespec on_realtime(clockid_t clock, const timespec& deadline) {
  if (clock == CLOCK_REALTIME) return deadline;
  timespec now, real;
  clock_gettime(clock, &now);
  clock_gettime(CLOCK_REALTIME, &real);
  timespec moved{real.tv_sec + deadline.tv_sec - now.tv_sec, real.tv_nsec + deadline.tv_nsec - now.tv_nsec};
  while (moved.tv_nsec < 0) moved.tv_nsec += 1'000'000'000, --moved.tv_sec;
  while (moved.tv_nsec >= 1'000'000'000) moved.tv_nsec -= 1'000'000'000, ++moved.tv_sec;
  if (moved.tv_sec < 0) moved = {0, 0};  // long past: a negative time would be refused with EINVAL
  return moved;
}

}  // namespace

// Timed locks by another clock: std::timed_mutex and std::shared_timed_mutex take them. No runtime intercepts the others, and only LLVM's
// since 18 the first (LLVM issue 62623), so the lock would go unseen and its unlock be reported. The functions with the plain clock are
// intercepted.
extern "C" int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* deadline) {
  const timespec moved = on_realtime(clock, *deadline);
  return pthread_mutex_timedlock(mutex, &moved);
}
extern "C" int pthread_rwlock_clockrdlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* deadline) {
  const timespec moved = on_realtime(clock, *deadline);
  return pthread_rwlock_timedrdlock(lock, &moved);
}
extern "C" int pthread_rwlock_clockwrlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* deadline) {
  const timespec moved = on_realtime(clock, *deadline);
  return pthread_rwlock_timedwrlock(lock, &moved);
}
extern "C" int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* deadline) {
  const timespec moved = on_realtime(clock, *deadline);
  return sem_timedwait(semaphore, &moved);
}
extern "C" int pthread_clockjoin_np(pthread_t thread, void** result, clockid_t clock, const timespec* deadline) {
  const timespec moved = on_realtime(clock, *deadline);
  return pthread_timedjoin_np(thread, result, &moved);
}

// The runtime's own pthread_once never ends for others after a function that threw (std::call_once then tries again with the next). libc's does it
// right; what it orders is said here.
namespace {

struct Once {
  pthread_once_t* flag;
  void (*function)();
};
thread_local const Once* current_once = nullptr;

void run_once() {
  const Once once = *current_once;
  struct Ordered {
    void* flag;
    ~Ordered() { __tsan_release(flag); }
  } ordered{once.flag};
  __tsan_acquire(once.flag);  // of one that threw before
  once.function();
}

}  // namespace

extern "C" int pthread_once(pthread_once_t* flag, void (*function)()) {
  static const auto real = reinterpret_cast<int (*)(pthread_once_t*, void (*)())>(dlsym(dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD), "pthread_once"));
  const Once once{flag, function};
  struct Restore {
    const Once* before = current_once;
    ~Restore() { current_once = before; }
  } restore;
  current_once = &once;
  const int result = real(flag, run_once);
  __tsan_acquire(flag);
  return result;
}

// The reference count of an exception object lives in libstdc++, which is not instrumented: that the last owner's deletion comes after all
// the others' uses must be said here. An exception then crosses threads (promise, packaged_task, exception_ptr) without a false report.
namespace {

void order_owners(void* object) {
  __tsan_release(object);
  __tsan_acquire(object);
}

// What both compilers' runtimes keep per thrown exception in front of the object (Itanium C++ ABI, exception handling, 2.2.1; libstdc++
// unwind-cxx.h). An exception that was rethrown from an exception_ptr is a dependent one: it points to the primary object.
struct ExceptionHeader {
  void* primary_or_type;
  void* fields[9];
  std::uint64_t exception_class;
  void* rest_of_unwind_header[3];
};
static_assert(sizeof(ExceptionHeader) == 112);
struct ExceptionGlobals {
  ExceptionHeader* caught;
  unsigned uncaught;
};

}  // namespace

extern "C" ExceptionGlobals* __cxa_get_globals() noexcept;
extern "C" void __cxa_end_catch() {
  static const auto real = next_definition<void()>("__cxa_end_catch");
  constexpr std::uint64_t gnu_cxx = 0x474e5543432b2b00;  // "GNUCC++", last byte 1: dependent
  if (ExceptionHeader* header = __cxa_get_globals()->caught; header != nullptr && (header->exception_class & ~1ull) == gnu_cxx)
    order_owners((header->exception_class & 1) != 0 ? header->primary_or_type : header + 1);
  real();
}
extern "C" void lockstep_exception_ptr_release(void** pointer) asm("_ZNSt15__exception_ptr13exception_ptr10_M_releaseEv");
extern "C" void lockstep_exception_ptr_release(void** pointer) {
  static const auto real = next_definition<void(void**)>("_ZNSt15__exception_ptr13exception_ptr10_M_releaseEv");
  if (*pointer != nullptr) order_owners(*pointer);
  real(pointer);
}

// ctype<char> fills a cache of narrowed and widened characters at first use, unordered (a race of libstdc++'s own, seen with std::regex
// in two threads): filled here, before there are threads.
[[gnu::constructor(102)]] static void fill_character_caches() {
  const auto& type = std::use_facet<std::ctype<char>>(std::locale::classic());
  for (int c = 0; c < 256; ++c) {
    (void)type.narrow(static_cast<char>(c), '\0');
    (void)type.widen(static_cast<char>(c));
  }
}

// An error-checking mutex answers a thread that does not hold it with EPERM, which a program may count on; the runtime would report a bad unlock.
extern "C" int __interceptor_pthread_mutex_unlock(pthread_mutex_t* mutex);
extern "C" int pthread_mutex_unlock(pthread_mutex_t* mutex) {
  const bool checks = (__atomic_load_n(&mutex->__data.__kind, __ATOMIC_RELAXED) & 3) == PTHREAD_MUTEX_ERRORCHECK;
  if (checks && __atomic_load_n(&mutex->__data.__owner, __ATOMIC_RELAXED) != lockstep::raw::call(SYS_gettid)) return EPERM;
  return __interceptor_pthread_mutex_unlock(mutex);
}

#endif
