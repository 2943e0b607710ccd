// expect: deadlock line 9
// The initialisation asks for the same initialisation again, which waits for itself.
#include <pthread.h>
#include <stddef.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialise(void);
static void ensure(void) { pthread_once(&once, initialise); }
static void initialise(void) { ensure(); }

static void *work(void *unused) {
  (void)unused;
  ensure();
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, work, NULL);
  pthread_join(t, NULL);
  return 0;
}
