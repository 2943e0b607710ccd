// expect: data_race line 13
// The semaphore that should let one thread in was given two permits.
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t door;
static int inside;

static void *enter(void *unused) {
  (void)unused;
  sem_wait(&door);
  ++inside;
  sem_post(&door);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  sem_init(&door, 0, 2);
  pthread_create(&a, NULL, enter, NULL);
  pthread_create(&b, NULL, enter, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return 0;
}
