// count: binomial(2k, k) for k turns of each of two threads (argument 1): 1=2 2=6 3=20 4=70 5=252
// Two threads take one lock k times each.
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int turns = 2, count;

static void *take_it_often(void *unused) {
  for (int i = 0; i < turns; ++i) {
    pthread_mutex_lock(&m);
    ++count;
    pthread_mutex_unlock(&m);
  }
  return unused;
}

int main(int argc, char **argv) {
  if (argc > 1) turns = atoi(argv[1]);
  pthread_t a, b;
  pthread_create(&a, NULL, take_it_often, NULL);
  pthread_create(&b, NULL, take_it_often, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return count != 2 * turns;
}
