// expect: data_race line 12 21
// The writer takes the rwlock for reading, so that it writes next to a reader.
#include <pthread.h>
#include <stddef.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static int value, seen;

static void *reader(void *unused) {
  (void)unused;
  pthread_rwlock_rdlock(&rw);
  seen = value;
  pthread_rwlock_unlock(&rw);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, reader, NULL);
  pthread_rwlock_rdlock(&rw);
  value = 1;
  pthread_rwlock_unlock(&rw);
  pthread_join(t, NULL);
  return 0;
}
