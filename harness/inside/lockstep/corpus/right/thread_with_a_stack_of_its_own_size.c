// A thread is created with a stack size of its own, detaches itself, and says that it runs.
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t running;

static void *work(void *unused) {
  (void)unused;
  pthread_detach(pthread_self());
  sem_post(&running);
  return NULL;
}

int main(void) {
  pthread_attr_t attributes;
  pthread_t t;
  sem_init(&running, 0, 0);
  pthread_attr_init(&attributes);
  assert(pthread_attr_setstacksize(&attributes, 256 * 1024) == 0);
  pthread_create(&t, &attributes, work, NULL);
  pthread_attr_destroy(&attributes);
  sem_wait(&running);
  return 0;
}
