// cnd_timedwait until the condition holds or the time is over; both are fine.
#include <assert.h>
#include <stddef.h>
#include <threads.h>
#include <time.h>

static mtx_t m;
static cnd_t changed;
static int ready;

static int set(void *unused) {
  (void)unused;
  mtx_lock(&m);
  ready = 1;
  mtx_unlock(&m);
  cnd_broadcast(&changed);
  return 0;
}

int main(void) {
  thrd_t t;
  struct timespec until;
  mtx_init(&m, mtx_plain);
  cnd_init(&changed);
  thrd_create(&t, set, NULL);
  timespec_get(&until, TIME_UTC);
  until.tv_sec += 1;
  mtx_lock(&m);
  int result = thrd_success;
  while (!ready && result == thrd_success) result = cnd_timedwait(&changed, &m, &until);
  assert(ready || result == thrd_timedout);
  mtx_unlock(&m);
  thrd_join(t, NULL);
  assert(ready);
  return 0;
}
