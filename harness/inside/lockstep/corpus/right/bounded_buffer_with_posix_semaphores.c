// The classic buffer with a semaphore for free places, one for used ones, and a mutex.
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t free_places, used_places;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int place[1], filled;

static void *produce(void *unused) {
  (void)unused;
  for (int i = 1; i <= 2; ++i) {
    sem_wait(&free_places);
    pthread_mutex_lock(&m);
    place[filled++] = i;
    pthread_mutex_unlock(&m);
    sem_post(&used_places);
  }
  return NULL;
}

int main(void) {
  pthread_t t;
  sem_init(&free_places, 0, 1);
  sem_init(&used_places, 0, 0);
  pthread_create(&t, NULL, produce, NULL);
  for (int i = 1; i <= 2; ++i) {
    sem_wait(&used_places);
    pthread_mutex_lock(&m);
    const int value = place[--filled];
    pthread_mutex_unlock(&m);
    sem_post(&free_places);
    assert(value == i);
  }
  pthread_join(t, NULL);
  return 0;
}
