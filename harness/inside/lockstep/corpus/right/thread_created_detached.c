// A thread that was created detached tells its end with a semaphore.
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t done;
static int result;

static void *work(void *unused) {
  (void)unused;
  result = 5;
  sem_post(&done);
  return NULL;
}

int main(void) {
  pthread_attr_t attributes;
  pthread_t t;
  sem_init(&done, 0, 0);
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_create(&t, &attributes, work, NULL);
  pthread_attr_destroy(&attributes);
  sem_wait(&done);
  assert(result == 5);
  return 0;
}
