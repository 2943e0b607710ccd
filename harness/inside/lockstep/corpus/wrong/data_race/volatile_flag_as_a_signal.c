// expect: data_race line 11 12 20
// volatile keeps the compiler from leaving the access out, but orders nothing between threads.
#include <pthread.h>
#include <stddef.h>

static volatile int ready;
static int data;

static void *writer(void *unused) {
  (void)unused;
  data = 1;
  ready = 1;
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, writer, NULL);
  int seen = 0;
  if (ready) seen = data;
  pthread_join(t, NULL);
  return seen > 1;
}
