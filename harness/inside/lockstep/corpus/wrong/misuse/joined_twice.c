// expect: misuse line 12
// The same thread is joined twice.
#include <pthread.h>
#include <stddef.h>

static void *work(void *unused) { return unused; }

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, work, NULL);
  pthread_join(t, NULL);
  pthread_join(t, NULL);
  return 0;
}
