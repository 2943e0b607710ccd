// count: 1 for n threads (argument 1): 1=1 2=1 3=1 4=1 5=1
// n threads, each with a lock and an atomic of its own: whatever the order, it is the same execution.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

struct own {
  pthread_mutex_t m;
  atomic_int steps;
  int count;
};
static struct own own[6];

static void *work(void *of_mine) {
  struct own *mine = of_mine;
  pthread_mutex_lock(&mine->m);
  ++mine->count;
  pthread_mutex_unlock(&mine->m);
  atomic_fetch_add(&mine->steps, 1);
  return NULL;
}

int main(int argc, char **argv) {
  const int n = argc > 1 ? atoi(argv[1]) : 3;
  pthread_t thread[6];
  for (int i = 0; i < n; ++i) pthread_mutex_init(&own[i].m, NULL);
  for (int i = 0; i < n; ++i) pthread_create(&thread[i], NULL, work, &own[i]);
  for (int i = 0; i < n; ++i) pthread_join(thread[i], NULL);
  return own[0].count != 1;
}
