// A process-shared mutex works between the threads of one process as well.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t m;
static int count;

static void *add(void *unused) {
  (void)unused;
  pthread_mutex_lock(&m);
  ++count;
  pthread_mutex_unlock(&m);
  return NULL;
}

int main(void) {
  pthread_mutexattr_t kind;
  pthread_mutexattr_init(&kind);
  pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&m, &kind);
  pthread_t a, b;
  pthread_create(&a, NULL, add, NULL);
  pthread_create(&b, NULL, add, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  assert(count == 2);
  return 0;
}
