// expect: data_race line 12 14
// The second barrier of each round is missing: one thread writes the next round while the other still reads this one.
#include <pthread.h>
#include <stddef.h>

static pthread_barrier_t meet;
static int slot[2], sum[2];

static void *run(void *number) {
  const int me = *(int *)number;
  for (int round = 0; round < 2; ++round) {
    slot[me] = round;
    pthread_barrier_wait(&meet);
    sum[me] += slot[1 - me];
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
  return 0;
}
