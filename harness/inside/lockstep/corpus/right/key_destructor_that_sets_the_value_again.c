// A key destructor stores a new value, so it is called once more before the thread is over.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_key_t key;
static int calls;

static void again(void *value) {
  ++calls;
  if (value == (void *)2) pthread_setspecific(key, (void *)1);
}

static void *work(void *unused) {
  (void)unused;
  pthread_setspecific(key, (void *)2);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_key_create(&key, again);
  pthread_create(&t, NULL, work, NULL);
  pthread_join(t, NULL);
  assert(calls == 2);
  return 0;
}
