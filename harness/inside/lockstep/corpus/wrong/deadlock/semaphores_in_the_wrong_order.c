// expect: deadlock line 13 25
// The consumer takes the mutex first and then waits for an item, which the producer cannot put without the mutex.
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t items;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int stored;

static void *produce(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  ++stored;
  pthread_mutex_unlock(&m);
  sem_post(&items);
  return NULL;
}

int main(void) {
  pthread_t t;
  sem_init(&items, 0, 0);
  pthread_create(&t, NULL, produce, NULL);
  pthread_mutex_lock(&m);
  sem_wait(&items);
  --stored;
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  return 0;
}
