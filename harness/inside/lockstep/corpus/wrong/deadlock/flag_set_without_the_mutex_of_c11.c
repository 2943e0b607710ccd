// expect: deadlock line 24
// The atomic flag is set and signalled without the mutex: the signal can come between the look and the sleep.
#include <stdatomic.h>
#include <stddef.h>
#include <threads.h>

static mtx_t m;
static cnd_t changed;
static atomic_bool ready;

static int set(void *unused) {
  (void)unused;
  atomic_store(&ready, 1);
  cnd_signal(&changed);
  return 0;
}

int main(void) {
  thrd_t t;
  mtx_init(&m, mtx_plain);
  cnd_init(&changed);
  thrd_create(&t, set, NULL);
  mtx_lock(&m);
  while (!atomic_load(&ready)) cnd_wait(&changed, &m);
  mtx_unlock(&m);
  thrd_join(t, NULL);
  return 0;
}
