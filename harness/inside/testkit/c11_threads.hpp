// <threads.h> by way of pthreads: glibc keeps both in the same bytes.
#pragma once

#include <errno.h>
#include <pthread.h>
#include <threads.h>

namespace lockstep::testkit {

static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t) && sizeof(cnd_t) == sizeof(pthread_cond_t) && sizeof(once_flag) == sizeof(pthread_once_t));

inline pthread_mutex_t* pthreads(mtx_t* mutex) { return reinterpret_cast<pthread_mutex_t*>(mutex); }
inline pthread_cond_t* pthreads(cnd_t* condition) { return reinterpret_cast<pthread_cond_t*>(condition); }

// What a C11 function returns where the pthread function returns `error`.
inline int c11_result(int error) {
  switch (error) {
    case 0:
      return thrd_success;
    case ENOMEM:
      return thrd_nomem;
    case ETIMEDOUT:
      return thrd_timedout;
    case EBUSY:
      return thrd_busy;
    default:
      return thrd_error;
  }
}

}  // namespace lockstep::testkit
