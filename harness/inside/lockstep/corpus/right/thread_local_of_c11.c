// _Thread_local variables of C11, whose address is handed to another thread that only reads it while its owner waits.
#include <assert.h>
#include <stddef.h>
#include <threads.h>

static _Thread_local int own = 1;

static int look(void *of_another) {
  assert(*(int *)of_another == 5 && own == 1);
  own = 9;
  return own;
}

int main(void) {
  thrd_t t;
  int result = 0;
  own = 5;
  thrd_create(&t, look, &own);
  thrd_join(t, &result);
  assert(own == 5 && result == 9);
  return 0;
}
