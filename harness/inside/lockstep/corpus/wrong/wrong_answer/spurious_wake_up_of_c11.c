// expect: wrong_answer line 27 28
// cnd_wait is called once, as if it could only end by the signal.
// explore: --spurious
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static mtx_t m;
static cnd_t changed;
static int value;

static int set(void *unused) {
  (void)unused;
  mtx_lock(&m);
  value = 1;
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
  if (value == 0) cnd_wait(&changed, &m);
  assert(value == 1);
  mtx_unlock(&m);
  thrd_join(t, NULL);
  return 0;
}
