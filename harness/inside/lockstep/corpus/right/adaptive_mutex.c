// The adaptive kind of mutex of the GNU library.
#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m = PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP;
static int count;

static void *add(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  ++count;
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_t a;
  pthread_create(&a, NULL, add, NULL);
  add(NULL);
  pthread_join(a, NULL);
  assert(count == 2);
  return 0;
}
