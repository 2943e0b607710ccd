// expect: deadlock line 10
// An early return forgets the unlock, and the next call waits for ever.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int count, skipped;

static void add(void) {
  pthread_mutex_lock(&m);
  if (++count == 1) {
    ++skipped;
    return;
  }
  pthread_mutex_unlock(&m);
}

static void *work(void *unused) {
  (void)unused;
  add();
  add();
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, work, NULL);
  add();
  pthread_join(t, NULL);
  return 0;
}
