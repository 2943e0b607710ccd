// mtx_timedlock until a time of the calendar clock; a time-out is an answer like another.
#include <assert.h>
#include <stddef.h>
#include <threads.h>
#include <time.h>

static mtx_t m;
static int count, late;

static int add(void *unused) {
  (void)unused;
  struct timespec until;
  timespec_get(&until, TIME_UTC);
  until.tv_sec += 1;
  const int got = mtx_timedlock(&m, &until);
  assert(got == thrd_success || got == thrd_timedout);
  if (got == thrd_timedout) {
    mtx_lock(&m);
    ++late;
  }
  ++count;
  mtx_unlock(&m);
  return 0;
}

int main(void) {
  thrd_t t;
  mtx_init(&m, mtx_timed);
  thrd_create(&t, add, NULL);
  add(NULL);
  thrd_join(t, NULL);
  assert(count == 2 && late <= 2);
  mtx_destroy(&m);
  return 0;
}
