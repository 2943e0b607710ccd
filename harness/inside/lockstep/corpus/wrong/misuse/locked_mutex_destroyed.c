// expect: misuse line 11
// The mutex is destroyed while it is held.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m;

static void *work(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  pthread_mutex_destroy(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_mutex_init(&m, NULL);
  pthread_create(&t, NULL, work, NULL);
  pthread_join(t, NULL);
  return 0;
}
