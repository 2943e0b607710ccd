// pthread_once runs the initialisation once, and everybody who comes back from it sees its result.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int runs;

static void initialise(void) { ++runs; }

static void *use(void *unused) {
  (void)unused;
  pthread_once(&once, initialise);
  assert(runs == 1);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, use, NULL);
  pthread_create(&b, NULL, use, NULL);
  use(NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return 0;
}
