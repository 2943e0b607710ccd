// One thread returns a value, the other one hands it to pthread_exit; join gives both.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

static void *returns(void *n) { return (void *)((intptr_t)n + 1); }
static void *exits(void *n) { pthread_exit((void *)((intptr_t)n + 2)); }

int main(void) {
  pthread_t a, b;
  void *from_a, *from_b;
  pthread_create(&a, NULL, returns, (void *)10);
  pthread_create(&b, NULL, exits, (void *)20);
  pthread_join(a, &from_a);
  pthread_join(b, &from_b);
  assert((intptr_t)from_a == 11 && (intptr_t)from_b == 22);
  return 0;
}
