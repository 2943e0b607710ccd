// expect: misuse line 13 35
// Two threads wait on one condition variable at the same time, each with another mutex.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER, two = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int open_one, open_two;

static void *wait_with_two(void *unused) {
  (void)unused;
  pthread_mutex_lock(&two);
  while (!open_two) pthread_cond_wait(&changed, &two);
  pthread_mutex_unlock(&two);
  return NULL;
}

static void *open_both(void *unused) {
  (void)unused;
  pthread_mutex_lock(&one);
  open_one = 1;
  pthread_mutex_unlock(&one);
  pthread_mutex_lock(&two);
  open_two = 1;
  pthread_mutex_unlock(&two);
  pthread_cond_broadcast(&changed);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, wait_with_two, NULL);
  pthread_create(&b, NULL, open_both, NULL);
  pthread_mutex_lock(&one);
  while (!open_one) pthread_cond_wait(&changed, &one);
  pthread_mutex_unlock(&one);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return 0;
}
