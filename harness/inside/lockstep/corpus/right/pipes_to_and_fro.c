// Two pipes carry a question and its answer; the data that the answer speaks of was written before it.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int question[2], answer[2];

static void *server(void *unused) {
  (void)unused;
  unsigned char n;
  assert(read(question[0], &n, 1) == 1);
  n *= 2;
  assert(write(answer[1], &n, 1) == 1);
  return NULL;
}

int main(void) {
  pthread_t t;
  unsigned char n = 21;
  assert(pipe(question) == 0 && pipe(answer) == 0);
  pthread_create(&t, NULL, server, NULL);
  assert(write(question[1], &n, 1) == 1);
  assert(read(answer[0], &n, 1) == 1);
  assert(n == 42);
  pthread_join(t, NULL);
  return 0;
}
