// The last one that lets go of a counted object destroys its mutex, right after it was the last to unlock it.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

struct counted {
  pthread_mutex_t m;
  int uses;
};
static int freed[2];

static void let_go(struct counted *it, int *was_freed) {
  pthread_mutex_lock(&it->m);
  const int left = --it->uses;
  pthread_mutex_unlock(&it->m);
  if (left == 0) {
    pthread_mutex_destroy(&it->m);
    free(it);
    *was_freed = 1;
  }
}

static void *work(void *it) {
  let_go(it, &freed[1]);
  return NULL;
}

int main(void) {
  struct counted *it = malloc(sizeof *it);
  pthread_mutex_init(&it->m, NULL);
  it->uses = 2;
  pthread_t t;
  pthread_create(&t, NULL, work, it);
  let_go(it, &freed[0]);
  pthread_join(t, NULL);
  assert(freed[0] + freed[1] == 1);
  return 0;
}
