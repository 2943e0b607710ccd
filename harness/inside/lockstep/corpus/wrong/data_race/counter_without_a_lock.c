// expect: data_race line 10
// Two POSIX threads add to a plain counter and nothing orders them.
#include <pthread.h>
#include <stddef.h>

static int count;

static void *add(void *unused) {
  (void)unused;
  count += 1;
  return NULL;
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, add, NULL);
  pthread_create(&b, NULL, add, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return 0;
}
