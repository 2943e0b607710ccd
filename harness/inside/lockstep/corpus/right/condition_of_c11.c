// cnd_wait in a loop, cnd_signal under the lock.
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static mtx_t m;
static cnd_t changed;
static int ready, data;

static int set(void *unused) {
  (void)unused;
  mtx_lock(&m);
  data = 8;
  ready = 1;
  cnd_signal(&changed);
  mtx_unlock(&m);
  return 0;
}

int main(void) {
  thrd_t t;
  mtx_init(&m, mtx_plain);
  cnd_init(&changed);
  thrd_create(&t, set, NULL);
  mtx_lock(&m);
  while (!ready) cnd_wait(&changed, &m);
  assert(data == 8);
  mtx_unlock(&m);
  thrd_join(t, NULL);
  cnd_destroy(&changed);
  mtx_destroy(&m);
  return 0;
}
