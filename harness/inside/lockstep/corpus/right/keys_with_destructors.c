// Thread-specific values: each thread has its own, and the destructor runs for each that is not null.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

static pthread_key_t key;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int sum;

static void collect(void *value) {
  pthread_mutex_lock(&m);
  sum += *(int *)value;
  pthread_mutex_unlock(&m);
  free(value);
}

static void *work(void *number) {
  assert(pthread_getspecific(key) == NULL);
  int *own = malloc(sizeof *own);
  *own = *(int *)number;
  pthread_setspecific(key, own);
  assert(*(int *)pthread_getspecific(key) == *(int *)number);
  return NULL;
}

int main(void) {
  int one = 1, two = 2;
  pthread_t a, b;
  pthread_key_create(&key, collect);
  pthread_create(&a, NULL, work, &one);
  pthread_create(&b, NULL, work, &two);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  assert(sum == 3);
  pthread_key_delete(key);
  return 0;
}
