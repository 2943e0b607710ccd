// expect: misuse line 15
// The mutex is destroyed by the first thread and locked by the second one.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m;

static void *first(void *unused) {
  (void)unused;
  pthread_mutex_destroy(&m);
  return NULL;
}
static void *second(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_mutex_init(&m, NULL);
  pthread_create(&t, NULL, first, NULL);
  pthread_join(t, NULL);
  pthread_create(&t, NULL, second, NULL);
  pthread_join(t, NULL);
  return 0;
}
