// expect: livelock line 13
// Two threads spin at a barrier that is made for three.
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int missing = 3;

static void *meet(void *unused) {
  (void)unused;
  atomic_fetch_sub(&missing, 1);
  while (atomic_load(&missing) > 0) sched_yield();
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, meet, NULL);
  meet(NULL);
  pthread_join(t, NULL);
  return 0;
}
