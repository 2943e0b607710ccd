// expect: data_race line 9 17
// The argument of the thread is changed after the thread was started.
#include <pthread.h>
#include <stddef.h>

static int sum;

static void *work(void *number) {
  sum = *(int *)number;
  return NULL;
}

int main(void) {
  pthread_t t;
  int number = 1;
  pthread_create(&t, NULL, work, &number);
  number = 2;
  pthread_join(t, NULL);
  return sum != 1 && sum != 2;
}
