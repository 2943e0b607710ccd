// cnd_broadcast wakes two waiters of different conditions on one condition variable.
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static mtx_t m;
static cnd_t changed;
static int stage, passed;

static int wait_for_stage(void *number) {
  mtx_lock(&m);
  while (stage < *(int *)number) cnd_wait(&changed, &m);
  ++passed;
  mtx_unlock(&m);
  return 0;
}

int main(void) {
  int one = 1, two = 2;
  thrd_t a, b;
  mtx_init(&m, mtx_plain);
  cnd_init(&changed);
  thrd_create(&a, wait_for_stage, &one);
  thrd_create(&b, wait_for_stage, &two);
  for (int i = 0; i < 2; ++i) {
    mtx_lock(&m);
    ++stage;
    cnd_broadcast(&changed);
    mtx_unlock(&m);
  }
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  assert(passed == 2);
  return 0;
}
