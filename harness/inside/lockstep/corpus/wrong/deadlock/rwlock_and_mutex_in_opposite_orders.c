// expect: deadlock line 13 24
// A reader holds the rwlock and wants the mutex, a writer holds the mutex and wants the rwlock.
#include <pthread.h>
#include <stddef.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int table, hits;

static void *look(void *unused) {
  (void)unused;
  pthread_rwlock_rdlock(&rw);
  pthread_mutex_lock(&m);
  hits += table;
  pthread_mutex_unlock(&m);
  pthread_rwlock_unlock(&rw);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, look, NULL);
  pthread_mutex_lock(&m);
  pthread_rwlock_wrlock(&rw);
  table = 1;
  pthread_rwlock_unlock(&rw);
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  return 0;
}
