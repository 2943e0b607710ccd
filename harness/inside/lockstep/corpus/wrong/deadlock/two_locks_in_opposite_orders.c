// expect: deadlock line 10 28
// Two POSIX threads take the same two mutexes in opposite orders, one of them inside a function.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER, data_lock = PTHREAD_MUTEX_INITIALIZER;
static int lines, data;

static void note(void) {
  pthread_mutex_lock(&log_lock);
  ++lines;
  pthread_mutex_unlock(&log_lock);
}

static void *change(void *unused) {
  (void)unused;
  pthread_mutex_lock(&data_lock);
  ++data;
  note();
  pthread_mutex_unlock(&data_lock);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, change, NULL);
  pthread_mutex_lock(&log_lock);
  pthread_mutex_lock(&data_lock);
  lines += data;
  pthread_mutex_unlock(&data_lock);
  pthread_mutex_unlock(&log_lock);
  pthread_join(t, NULL);
  return 0;
}
