// A thread knows itself: thrd_current equals what the creator was given, and differs between threads.
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static thrd_t seen[2];

static int look(void *number) {
  seen[*(int *)number] = thrd_current();
  return 0;
}

int main(void) {
  int zero = 0, one = 1;
  thrd_t a, b;
  thrd_create(&a, look, &zero);
  thrd_create(&b, look, &one);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  assert(thrd_equal(seen[0], a) && thrd_equal(seen[1], b));
  assert(!thrd_equal(seen[0], thrd_current()));
  return 0;
}
