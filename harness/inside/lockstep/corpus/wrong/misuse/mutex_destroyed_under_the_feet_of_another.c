// expect: misuse line 10 19
// main destroys the mutex before it joins the thread that may still hold it.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m;

static void *work(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_mutex_init(&m, NULL);
  pthread_create(&t, NULL, work, NULL);
  pthread_mutex_destroy(&m);
  pthread_join(t, NULL);
  return 0;
}
