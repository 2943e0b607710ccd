// expect: wrong_answer line 28 29
// The answer of sem_timedwait is not looked at, and the value is used as if it had been posted.
// explore: --time adversarial
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

static sem_t ready;
static atomic_int value;

static void *set(void *unused) {
  (void)unused;
  atomic_store(&value, 1);
  sem_post(&ready);
  return NULL;
}

int main(void) {
  pthread_t t;
  struct timespec until;
  sem_init(&ready, 0, 0);
  pthread_create(&t, NULL, set, NULL);
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 5;
  sem_timedwait(&ready, &until);
  assert(atomic_load(&value) == 1);
  pthread_join(t, NULL);
  return 0;
}
