// expect: deadlock line 13
// Three threads in a ring each join the next one.
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static pthread_t thread[3];
static sem_t started[3];

static void *work(void *number) {
  const int me = *(int *)number;
  sem_wait(&started[me]);
  pthread_join(thread[(me + 1) % 3], NULL);
  return NULL;
}

int main(void) {
  int number[3] = {0, 1, 2};
  for (int i = 0; i < 3; ++i) sem_init(&started[i], 0, 0);
  for (int i = 0; i < 3; ++i) pthread_create(&thread[i], NULL, work, &number[i]);
  for (int i = 0; i < 3; ++i) sem_post(&started[i]);
  pthread_exit(NULL);
}
