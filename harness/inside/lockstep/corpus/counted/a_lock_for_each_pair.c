// count: 2^p for p pairs of threads (argument 1): 1=2 2=4 3=8
// p pairs of threads; each pair has a lock of its own, which each of the two takes once. Pairs do not touch each other.
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

struct pair {
  pthread_mutex_t m;
  int count;
};
static struct pair pairs[3];

static void *take_it_once(void *of_my_pair) {
  struct pair *mine = of_my_pair;
  pthread_mutex_lock(&mine->m);
  ++mine->count;
  pthread_mutex_unlock(&mine->m);
  return NULL;
}

int main(int argc, char **argv) {
  const int p = argc > 1 ? atoi(argv[1]) : 2;
  pthread_t thread[6];
  for (int i = 0; i < p; ++i) pthread_mutex_init(&pairs[i].m, NULL);
  for (int i = 0; i < 2 * p; ++i) pthread_create(&thread[i], NULL, take_it_once, &pairs[i / 2]);
  for (int i = 0; i < 2 * p; ++i) pthread_join(thread[i], NULL);
  return pairs[0].count != 2;
}
