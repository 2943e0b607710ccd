// <threads.h> under ThreadSanitizer. What libc does behind these names no interceptor sees: the runtime crashes in a thread that it does not know, and a lock
// that it does not know orders nothing. Here they are pthread functions, with the delays of a student's calls.
#include "harness/inside/testkit/under_tsan.hpp"

#ifdef LOCKSTEP_UNDER_TSAN

#include <cstdint>

#include "harness/inside/testkit/c11_threads.hpp"

extern "C" {
// tsan_delay_thunks.cpp
decltype(pthread_create) lockstep_delayed_pthread_create;
decltype(pthread_join) lockstep_delayed_pthread_join;
decltype(pthread_detach) lockstep_delayed_pthread_detach;
decltype(pthread_once) lockstep_delayed_pthread_once;
decltype(pthread_mutex_lock) lockstep_delayed_pthread_mutex_lock;
decltype(pthread_mutex_trylock) lockstep_delayed_pthread_mutex_trylock;
decltype(pthread_mutex_timedlock) lockstep_delayed_pthread_mutex_timedlock;
decltype(pthread_mutex_unlock) lockstep_delayed_pthread_mutex_unlock;
decltype(pthread_cond_wait) lockstep_delayed_pthread_cond_wait;
decltype(pthread_cond_timedwait) lockstep_delayed_pthread_cond_timedwait;
decltype(pthread_cond_signal) lockstep_delayed_pthread_cond_signal;
decltype(pthread_cond_broadcast) lockstep_delayed_pthread_cond_broadcast;
}

namespace {

using lockstep::testkit::c11_result;
using lockstep::testkit::pthreads;

struct Start {
  thrd_start_t function;
  void* argument;
};

void* run(void* given) {
  const Start start = *static_cast<Start*>(given);
  delete static_cast<Start*>(given);
  return reinterpret_cast<void*>(static_cast<std::intptr_t>(start.function(start.argument)));
}

}  // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument) {
  auto* start = new Start{function, argument};
  const int error = lockstep_delayed_pthread_create(thread, nullptr, run, start);
  if (error != 0) delete start;
  return c11_result(error);
}

int thrd_join(thrd_t thread, int* result) {
  void* returned = nullptr;
  const int error = lockstep_delayed_pthread_join(thread, &returned);
  if (result != nullptr) *result = static_cast<int>(reinterpret_cast<std::intptr_t>(returned));
  return c11_result(error);
}

int thrd_detach(thrd_t thread) { return c11_result(lockstep_delayed_pthread_detach(thread)); }
void thrd_exit(int result) { pthread_exit(reinterpret_cast<void*>(static_cast<std::intptr_t>(result))); }
void call_once(once_flag* flag, void (*function)()) { lockstep_delayed_pthread_once(reinterpret_cast<pthread_once_t*>(flag), function); }

int mtx_init(mtx_t* mutex, int type) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, (type & mtx_recursive) != 0 ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL);
  const int error = pthread_mutex_init(pthreads(mutex), &attributes);
  pthread_mutexattr_destroy(&attributes);
  return c11_result(error);
}

void mtx_destroy(mtx_t* mutex) { pthread_mutex_destroy(pthreads(mutex)); }
int mtx_lock(mtx_t* mutex) { return c11_result(lockstep_delayed_pthread_mutex_lock(pthreads(mutex))); }
int mtx_trylock(mtx_t* mutex) { return c11_result(lockstep_delayed_pthread_mutex_trylock(pthreads(mutex))); }
int mtx_timedlock(mtx_t* mutex, const timespec* deadline) { return c11_result(lockstep_delayed_pthread_mutex_timedlock(pthreads(mutex), deadline)); }
int mtx_unlock(mtx_t* mutex) { return c11_result(lockstep_delayed_pthread_mutex_unlock(pthreads(mutex))); }

int cnd_init(cnd_t* condition) { return c11_result(pthread_cond_init(pthreads(condition), nullptr)); }
void cnd_destroy(cnd_t* condition) { pthread_cond_destroy(pthreads(condition)); }
int cnd_wait(cnd_t* condition, mtx_t* mutex) { return c11_result(lockstep_delayed_pthread_cond_wait(pthreads(condition), pthreads(mutex))); }
int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* deadline) {
  return c11_result(lockstep_delayed_pthread_cond_timedwait(pthreads(condition), pthreads(mutex), deadline));
}
int cnd_signal(cnd_t* condition) { return c11_result(lockstep_delayed_pthread_cond_signal(pthreads(condition))); }
int cnd_broadcast(cnd_t* condition) { return c11_result(lockstep_delayed_pthread_cond_broadcast(pthreads(condition))); }

}  // extern "C"

#endif
