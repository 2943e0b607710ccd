// A POSIX barrier is used again at once, for three phases in which two threads swap roles.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_barrier_t meet;
static int value;

static void *run(void *number) {
  const int me = *(int *)number;
  for (int phase = 0; phase < 3; ++phase) {
    if (phase % 2 == me) ++value;
    pthread_barrier_wait(&meet);
    assert(value == phase + 1);
    pthread_barrier_wait(&meet);
  }
  return NULL;
}

int main(void) {
  int number[2] = {0, 1};
  pthread_t t;
  pthread_barrier_init(&meet, NULL, 2);
  pthread_create(&t, NULL, run, &number[1]);
  run(&number[0]);
  pthread_join(t, NULL);
  pthread_barrier_destroy(&meet);
  return 0;
}
