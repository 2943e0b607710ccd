// expect: livelock line 19
// The flag is only set on a path that the worker does not take when main was faster.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int cancelled, done;

static void *work(void *unused) {
  (void)unused;
  if (!atomic_load(&cancelled)) atomic_store(&done, 1);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, work, NULL);
  atomic_store(&cancelled, 1);
  while (!atomic_load(&done)) {
  }
  pthread_join(t, NULL);
  return 0;
}
