// expect: wrong_answer line 12 25
// Two threads write messages of two bytes into one pipe, each in two calls, so that they get mixed.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2];

static void *send_twice(void *letter) {
  const long first = write(ends[1], letter, 1);
  const long second = write(ends[1], letter, 1);
  return first + second == 2 ? NULL : letter;
}

int main(void) {
  pthread_t a, b;
  char message[2];
  assert(pipe(ends) == 0);
  pthread_create(&a, NULL, send_twice, "a");
  pthread_create(&b, NULL, send_twice, "b");
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  assert(read(ends[0], message, 2) == 2);
  assert(message[0] == message[1]);
  return 0;
}
