// expect: livelock line 12
// Two spin locks of atomic_flag are taken in opposite orders.
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_flag a = ATOMIC_FLAG_INIT, b = ATOMIC_FLAG_INIT;

static void both(atomic_flag *first, atomic_flag *second) {
  while (atomic_flag_test_and_set(first)) sched_yield();
  while (atomic_flag_test_and_set(second)) sched_yield();
  atomic_flag_clear(second);
  atomic_flag_clear(first);
}

static void *forward(void *unused) {
  (void)unused;
  both(&a, &b);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, forward, NULL);
  both(&b, &a);
  pthread_join(t, NULL);
  return 0;
}
