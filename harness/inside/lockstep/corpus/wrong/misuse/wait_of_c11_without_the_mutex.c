// expect: misuse line 11
// cnd_wait gets a mutex that the thread has not locked.
#include <stddef.h>
#include <threads.h>

static mtx_t m;
static cnd_t changed;

static int wait_for_it(void *unused) {
  (void)unused;
  cnd_wait(&changed, &m);
  return 0;
}

int main(void) {
  thrd_t t;
  mtx_init(&m, mtx_plain);
  cnd_init(&changed);
  thrd_create(&t, wait_for_it, NULL);
  thrd_join(t, NULL);
  return 0;
}
