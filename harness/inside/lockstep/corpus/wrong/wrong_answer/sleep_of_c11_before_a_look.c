// expect: wrong_answer line 21 22
// thrd_sleep is meant to give the other thread time enough.
// explore: --time adversarial
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <threads.h>
#include <time.h>

static atomic_int ready;

static int set(void *unused) {
  (void)unused;
  atomic_store(&ready, 1);
  return 0;
}

int main(void) {
  thrd_t t;
  thrd_create(&t, set, NULL);
  thrd_sleep(&(struct timespec){.tv_sec = 1}, NULL);
  assert(atomic_load(&ready) == 1);
  thrd_join(t, NULL);
  return 0;
}
