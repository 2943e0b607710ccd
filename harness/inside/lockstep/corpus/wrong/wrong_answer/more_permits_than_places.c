// expect: wrong_answer line 15 17 38
// The buffer has one place and the semaphore two permits, so that an item is overwritten.
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t free_places, used_places;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int place;

static void *produce(void *unused) {
  (void)unused;
  for (int i = 1; i <= 2; ++i) {
    sem_wait(&free_places);
    pthread_mutex_lock(&m);
    place = i;
    pthread_mutex_unlock(&m);
    sem_post(&used_places);
  }
  return NULL;
}

int main(void) {
  pthread_t t;
  int sum = 0;
  sem_init(&free_places, 0, 2);
  sem_init(&used_places, 0, 0);
  pthread_create(&t, NULL, produce, NULL);
  for (int i = 0; i < 2; ++i) {
    sem_wait(&used_places);
    pthread_mutex_lock(&m);
    sum += place;
    pthread_mutex_unlock(&m);
    sem_post(&free_places);
  }
  pthread_join(t, NULL);
  assert(sum == 3);
  return 0;
}
