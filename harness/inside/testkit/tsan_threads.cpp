// How threads begin and end under ThreadSanitizer. Only in the tsan profile: elsewhere this file is empty.
//
// Where main leaves by pthread_exit, the C library lets the last thread end the process, deep inside its own end. The runtime has forgotten that thread by
// then, and crashes in the first exit handler. So the last thread ends the process a moment before, when the runtime still knows it.
#include "harness/inside/testkit/under_tsan.hpp"

#ifdef LOCKSTEP_UNDER_TSAN

#include <pthread.h>
#include <sys/syscall.h>

#include <cstdlib>

#include "harness/inside/channel/raw_syscalls.hpp"
#include "harness/inside/testkit/tsan_runtime_thread.hpp"

extern "C" {
int __interceptor_pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*function)(void*), void* argument);
[[noreturn]] void __interceptor_pthread_exit(void* result);
}

namespace {

int alive = 1;    // threads; the main thread counts until it leaves by pthread_exit
int started = 0;  // in all

// Returns what it was. The runtime must not see it: where it takes every atomic as sequentially consistent, the end of each thread would come before the
// start of the next.
int add(int& counter, int value) {
  asm volatile("lock xadd %0, %1" : "+r"(value), "+m"(counter) : : "memory");
  return value;
}

void leave() {
  if (add(alive, -1) == 1) std::exit(EXIT_SUCCESS);
}

struct Start {
  void* (*function)(void*);
  void* argument;
};

void* begin(void* given) {
  const Start start = *static_cast<Start*>(given);
  delete static_cast<Start*>(given);
  thread_local struct AtTheEnd {  // destroyed behind the thread_local objects that are made later
    ~AtTheEnd() { leave(); }
  } at_the_end;
  static_cast<void>(at_the_end);
  return start.function(start.argument);
}

}  // namespace

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*function)(void*), void* argument) {
  auto* start = new Start{function, argument};
  add(alive, 1);
  const int result = __interceptor_pthread_create(thread, attributes, begin, start);
  if (result != 0) {
    delete start;
    add(alive, -1);
    return result;
  }
  // The first thread of the program brings the runtime's own thread with it: tsan_runtime_thread.hpp says why it is not wanted.
  if (add(started, 1) == 0) lockstep::testkit::end_runtime_thread_soon();
  return result;
}

extern "C" void pthread_exit(void* result) {
  if (lockstep::raw::call(SYS_gettid) == lockstep::raw::call(SYS_getpid)) leave();
  __interceptor_pthread_exit(result);
}

#endif
