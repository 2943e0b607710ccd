// expect: wrong_answer line 15 18
// The semaphore is posted once more than it was waited for, so later two threads are inside.
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>

static sem_t door;
static atomic_int inside;

static void *enter(void *unused) {
  (void)unused;
  sem_wait(&door);
  assert(atomic_fetch_add(&inside, 1) == 0);
  atomic_fetch_sub(&inside, 1);
  sem_post(&door);
  sem_post(&door);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  sem_init(&door, 0, 1);
  pthread_create(&a, NULL, enter, NULL);
  pthread_create(&b, NULL, enter, NULL);
  enter(NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return 0;
}
