// The announcement joins the runtime's thread, so it is made on another one. The runtime must know that one too (a thread that only the C
// library knows crashes in it), so it is created through the interceptor; it runs nothing that could take part in a race.
#include <pthread.h>

#include "harness/inside/testkit/tsan_runtime_thread.hpp"

extern "C" {
[[gnu::weak]] void __sanitizer_sandbox_on_notify(void* arguments);
[[gnu::weak]] int __interceptor_pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*function)(void*), void* argument);
}

namespace lockstep::testkit {
namespace {

void* announce_sandbox(void*) {
  __sanitizer_sandbox_on_notify(nullptr);
  return nullptr;
}

}  // namespace

void end_runtime_thread_soon() {
  if (!__sanitizer_sandbox_on_notify || !__interceptor_pthread_create) return;
  pthread_attr_t detached;
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  __interceptor_pthread_create(&thread, &detached, announce_sandbox, nullptr);
  pthread_attr_destroy(&detached);
}

}  // namespace lockstep::testkit
