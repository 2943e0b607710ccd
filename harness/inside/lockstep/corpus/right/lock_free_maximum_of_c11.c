// atomic_compare_exchange_weak in a loop; the value that it found is what the next attempt starts from.
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <threads.h>

static atomic_int largest;

static int offer(void *value) {
  const int mine = *(int *)value;
  int seen = atomic_load(&largest);
  while (seen < mine && !atomic_compare_exchange_weak(&largest, &seen, mine)) {
  }
  return 0;
}

int main(void) {
  int three = 3, eight = 8;
  thrd_t a, b;
  thrd_create(&a, offer, &three);
  thrd_create(&b, offer, &eight);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  assert(atomic_load(&largest) == 8);
  return 0;
}
