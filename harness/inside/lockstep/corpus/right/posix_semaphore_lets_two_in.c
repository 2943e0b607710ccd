// A POSIX semaphore of two lets at most two of three threads in at once.
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>

static sem_t seats;
static atomic_int inside;

static void *sit(void *unused) {
  (void)unused;
  sem_wait(&seats);
  assert(atomic_fetch_add(&inside, 1) < 2);
  atomic_fetch_sub(&inside, 1);
  sem_post(&seats);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  sem_init(&seats, 0, 2);
  pthread_create(&a, NULL, sit, NULL);
  pthread_create(&b, NULL, sit, NULL);
  sit(NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  int left = 0;
  assert(sem_getvalue(&seats, &left) == 0 && left == 2);
  sem_destroy(&seats);
  return 0;
}
