// expect: deadlock line 14
// One of two threads leaves early, on a condition that depends on the order, and the other one waits at the barrier.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static pthread_barrier_t meet;
static atomic_int arrived;

static void *run(void *unused) {
  (void)unused;
  const int before = atomic_load(&arrived);
  if (atomic_fetch_add(&arrived, 1) != before) return NULL;
  pthread_barrier_wait(&meet);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_barrier_init(&meet, NULL, 2);
  pthread_create(&t, NULL, run, NULL);
  run(NULL);
  pthread_join(t, NULL);
  return 0;
}
