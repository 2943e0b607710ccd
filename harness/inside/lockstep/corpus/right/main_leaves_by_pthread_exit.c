// The main thread ends by pthread_exit; the process goes on until the other thread has ended, with exit code 0.
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int value;

static void *last(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  const int seen = value;
  pthread_mutex_unlock(&m);
  if (seen != 0 && seen != 1) abort();
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, last, NULL);
  pthread_detach(t);
  pthread_mutex_lock(&m);
  value = 1;
  pthread_mutex_unlock(&m);
  pthread_exit(NULL);
}
