// expect: wrong_answer line 14 15
// After the barrier one thread resets the value that the other one has not read yet.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static pthread_barrier_t meet;
static atomic_int total;

static void *run(void *number) {
  atomic_fetch_add(&total, 1);
  pthread_barrier_wait(&meet);
  assert(atomic_load(&total) == 2);
  if (*(int *)number == 0) atomic_store(&total, 0);
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
