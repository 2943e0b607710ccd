// One thread writes into a pipe, the other one reads from it, which blocks until something is there, and then meets its end.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2];

static void *writer(void *unused) {
  (void)unused;
  assert(write(ends[1], "a", 1) == 1);
  assert(write(ends[1], "b", 1) == 1);
  close(ends[1]);
  return NULL;
}

int main(void) {
  pthread_t t;
  char c, sum = 0;
  assert(pipe(ends) == 0);
  pthread_create(&t, NULL, writer, NULL);
  while (read(ends[0], &c, 1) == 1) sum ^= c;
  assert(sum == ('a' ^ 'b'));
  pthread_join(t, NULL);
  close(ends[0]);
  return 0;
}
