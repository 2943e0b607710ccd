// A mutex with an explicit life: initialised before the threads start, destroyed after they were joined.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

struct shared {
  pthread_mutex_t m;
  int value;
};

static void *twice(void *it) {
  struct shared *shared = it;
  pthread_mutex_lock(&shared->m);
  shared->value *= 2;
  pthread_mutex_unlock(&shared->m);
  return NULL;
}

int main(void) {
  struct shared shared = {.value = 1};
  pthread_mutex_init(&shared.m, NULL);
  pthread_t a, b;
  pthread_create(&a, NULL, twice, &shared);
  pthread_create(&b, NULL, twice, &shared);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  assert(pthread_mutex_destroy(&shared.m) == 0);
  assert(shared.value == 4);
  return 0;
}
