// tss keys of C11: an own value in each thread, and a destructor that adds it up.
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <threads.h>

static tss_t key;
static atomic_int sum;

static void collect(void *value) { atomic_fetch_add(&sum, (int)(intptr_t)value); }

static int work(void *number) {
  assert(tss_get(key) == NULL);
  assert(tss_set(key, number) == thrd_success);
  assert(tss_get(key) == number);
  return 0;
}

int main(void) {
  thrd_t a, b;
  tss_create(&key, collect);
  thrd_create(&a, work, (void *)1);
  thrd_create(&b, work, (void *)2);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  assert(atomic_load(&sum) == 3);
  tss_delete(key);
  return 0;
}
