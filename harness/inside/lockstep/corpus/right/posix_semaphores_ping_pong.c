// Two threads alternate with two POSIX semaphores.
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t ping, pong;
static int value;

static void *answer(void *unused) {
  (void)unused;
  for (int i = 0; i < 2; ++i) {
    sem_wait(&ping);
    ++value;
    sem_post(&pong);
  }
  return NULL;
}

int main(void) {
  pthread_t t;
  sem_init(&ping, 0, 0);
  sem_init(&pong, 0, 0);
  pthread_create(&t, NULL, answer, NULL);
  for (int i = 1; i <= 2; ++i) {
    sem_post(&ping);
    sem_wait(&pong);
    assert(value == i);
  }
  pthread_join(t, NULL);
  sem_destroy(&ping);
  sem_destroy(&pong);
  return 0;
}
