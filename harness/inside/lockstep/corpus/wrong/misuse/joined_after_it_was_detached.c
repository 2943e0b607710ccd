// expect: misuse line 12
// A thread is detached and joined all the same.
#include <pthread.h>
#include <stddef.h>

static void *work(void *unused) { return unused; }

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, work, NULL);
  pthread_detach(t);
  pthread_join(t, NULL);
  return 0;
}
