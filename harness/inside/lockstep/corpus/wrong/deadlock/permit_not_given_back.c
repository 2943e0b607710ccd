// expect: deadlock line 13
// The thread that fails keeps its permit, and the next one waits for ever.
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>

static sem_t seat;
static atomic_int served;

static void *sit(void *unused) {
  (void)unused;
  sem_wait(&seat);
  if (atomic_fetch_add(&served, 1) > 0) return NULL;
  sem_post(&seat);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  sem_init(&seat, 0, 1);
  pthread_create(&a, NULL, sit, NULL);
  pthread_create(&b, NULL, sit, NULL);
  sit(NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return 0;
}
