// A broadcast wakes everybody who waits; each of them looks again for itself.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int tickets, holders;

static void *take(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  while (tickets == 0) pthread_cond_wait(&changed, &m);
  --tickets;
  ++holders;
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t t[2];
  for (int i = 0; i < 2; ++i) pthread_create(&t[i], NULL, take, NULL);
  pthread_mutex_lock(&m);
  tickets = 3;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&m);
  take(NULL);
  for (int i = 0; i < 2; ++i) pthread_join(t[i], NULL);
  assert(holders == 3 && tickets == 0);
  return 0;
}
