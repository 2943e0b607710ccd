// A buffer of one place of C11 primitives, with two producers and one consumer.
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static mtx_t m;
static cnd_t not_full, not_empty;
static int place;

static int put(void *value) {
  mtx_lock(&m);
  while (place != 0) cnd_wait(&not_full, &m);
  place = *(int *)value;
  cnd_signal(&not_empty);
  mtx_unlock(&m);
  return 0;
}

static int get(void) {
  mtx_lock(&m);
  while (place == 0) cnd_wait(&not_empty, &m);
  const int value = place;
  place = 0;
  cnd_signal(&not_full);
  mtx_unlock(&m);
  return value;
}

int main(void) {
  int one = 1, two = 2;
  thrd_t a, b;
  mtx_init(&m, mtx_plain);
  cnd_init(&not_full);
  cnd_init(&not_empty);
  thrd_create(&a, put, &one);
  thrd_create(&b, put, &two);
  int sum = get();
  sum += get();
  assert(sum == 3);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  return 0;
}
