// A ring of two places between a producer and a consumer, with two POSIX condition variables.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER, not_empty = PTHREAD_COND_INITIALIZER;
static int ring[2], head, count;

static void put(int value) {
  pthread_mutex_lock(&m);
  while (count == 2) pthread_cond_wait(&not_full, &m);
  ring[(head + count++) % 2] = value;
  pthread_mutex_unlock(&m);
  pthread_cond_signal(&not_empty);
}

static int get(void) {
  pthread_mutex_lock(&m);
  while (count == 0) pthread_cond_wait(&not_empty, &m);
  const int value = ring[head];
  head = (head + 1) % 2;
  --count;
  pthread_mutex_unlock(&m);
  pthread_cond_signal(&not_full);
  return value;
}

static void *produce(void *unused) {
  (void)unused;
  for (int i = 1; i <= 3; ++i) put(i);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, produce, NULL);
  for (int i = 1; i <= 3; ++i) {
    const int value = get();
    assert(value == i);
  }
  pthread_join(t, NULL);
  return 0;
}
