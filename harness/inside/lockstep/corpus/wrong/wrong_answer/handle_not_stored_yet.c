// expect: wrong_answer line 12 19
// The thread compares itself with a global handle that its creator stores only after pthread_create.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static _Atomic pthread_t worker;

static void *work(void *unused) {
  (void)unused;
  assert(pthread_equal(atomic_load(&worker), pthread_self()));
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, work, NULL);
  atomic_store(&worker, t);
  pthread_join(t, NULL);
  return 0;
}
