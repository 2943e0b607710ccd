// A pthread_spinlock guards a counter, taken by lock and by trylock.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>

static pthread_spinlock_t spin;
static int count;

static void *tries(void *unused) {
  (void)unused;
  int result;
  while ((result = pthread_spin_trylock(&spin)) != 0) {
    assert(result == EBUSY);
    sched_yield();
  }
  ++count;
  pthread_spin_unlock(&spin);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
  pthread_create(&t, NULL, tries, NULL);
  pthread_spin_lock(&spin);
  ++count;
  pthread_spin_unlock(&spin);
  pthread_join(t, NULL);
  assert(count == 2);
  pthread_spin_destroy(&spin);
  return 0;
}
