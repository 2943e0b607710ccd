// expect: misuse line 11
// mtx_unlock is called after mtx_trylock has failed.
#include <stddef.h>
#include <threads.h>

static mtx_t m;

static int work(void *unused) {
  (void)unused;
  mtx_trylock(&m);
  mtx_unlock(&m);
  return 0;
}

int main(void) {
  thrd_t t;
  mtx_init(&m, mtx_plain);
  mtx_lock(&m);
  thrd_create(&t, work, NULL);
  thrd_join(t, NULL);
  mtx_unlock(&m);
  return 0;
}
