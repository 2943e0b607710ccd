// count: n! for n threads (argument 1): 1=1 2=2 3=6 4=24 5=120 6=720
// n threads take one lock once each; an interleaving is the order in which they get it.
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void *take_it_once(void *unused) {
  pthread_mutex_lock(&m);
  ++count;
  pthread_mutex_unlock(&m);
  return unused;
}

int main(int argc, char **argv) {
  const int n = argc > 1 ? atoi(argv[1]) : 3;
  pthread_t thread[6];
  for (int i = 0; i < n; ++i) pthread_create(&thread[i], NULL, take_it_once, NULL);
  for (int i = 0; i < n; ++i) pthread_join(thread[i], NULL);
  return count != n;
}
