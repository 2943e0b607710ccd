// expect: misuse line 10
// The condition variable is signalled although it was destroyed before.
#include <pthread.h>
#include <stddef.h>

static pthread_cond_t changed;

static void *signal_it(void *unused) {
  (void)unused;
  pthread_cond_signal(&changed);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_cond_init(&changed, NULL);
  pthread_cond_destroy(&changed);
  pthread_create(&t, NULL, signal_it, NULL);
  pthread_join(t, NULL);
  return 0;
}
