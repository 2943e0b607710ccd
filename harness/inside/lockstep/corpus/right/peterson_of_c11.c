// Peterson's algorithm with the sequentially consistent operators of _Atomic variables.
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

static _Atomic int wants[2], victim;
static int count;

static void add(int me) {
  wants[me] = 1;
  victim = me;
  while (wants[1 - me] && victim == me) sched_yield();
  ++count;
  wants[me] = 0;
}

static void *other(void *unused) {
  (void)unused;
  add(1);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, other, NULL);
  add(0);
  pthread_join(t, NULL);
  assert(count == 2);
  return 0;
}
