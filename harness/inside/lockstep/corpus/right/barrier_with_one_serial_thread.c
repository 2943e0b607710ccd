// Exactly one of the threads at a POSIX barrier is told that it is the serial one.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_barrier_t meet;
static int slot[2], serial[2];

static void *run(void *number) {
  const int me = *(int *)number;
  slot[me] = 1;
  serial[me] = pthread_barrier_wait(&meet) == PTHREAD_BARRIER_SERIAL_THREAD;
  assert(slot[1 - me] == 1);
  return NULL;
}

int main(void) {
  int number[2] = {0, 1};
  pthread_t t;
  pthread_barrier_init(&meet, NULL, 2);
  pthread_create(&t, NULL, run, &number[1]);
  run(&number[0]);
  pthread_join(t, NULL);
  assert(serial[0] + serial[1] == 1);
  pthread_barrier_destroy(&meet);
  return 0;
}
