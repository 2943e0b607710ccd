// thrd_join gives what the thread returned or handed to thrd_exit.
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static int returns(void *n) { return *(int *)n + 1; }
static int exits(void *n) { thrd_exit(*(int *)n + 2); }

int main(void) {
  int ten = 10, a_result = 0, b_result = 0;
  thrd_t a, b;
  thrd_create(&a, returns, &ten);
  thrd_create(&b, exits, &ten);
  thrd_join(a, &a_result);
  thrd_join(b, &b_result);
  assert(a_result == 11 && b_result == 12);
  return 0;
}
