// expect: deadlock line 12
// Two waiters wait for different stages on one condition; the signal wakes the one whose stage has not come.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int stage;

static void *wait_for_stage(void *number) {
  pthread_mutex_lock(&m);
  while (stage < *(int *)number) pthread_cond_wait(&changed, &m);
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  int one = 1, two = 2;
  pthread_t a, b;
  pthread_create(&a, NULL, wait_for_stage, &one);
  pthread_create(&b, NULL, wait_for_stage, &two);
  pthread_mutex_lock(&m);
  stage = 1;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&m);
  pthread_join(a, NULL);
  pthread_mutex_lock(&m);
  stage = 2;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&m);
  pthread_join(b, NULL);
  return 0;
}
