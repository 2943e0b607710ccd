// Polls a pipe with a limit, again and again, until the other thread has written.
#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2];

static void *writer(void *unused) {
  (void)unused;
  assert(write(ends[1], "x", 1) == 1);
  return NULL;
}

int main(void) {
  pthread_t t;
  assert(pipe(ends) == 0);
  pthread_create(&t, NULL, writer, NULL);
  struct pollfd watched = {.fd = ends[0], .events = POLLIN};
  int ready;
  while ((ready = poll(&watched, 1, 10)) == 0) {
  }
  assert(ready == 1 && (watched.revents & POLLIN));
  char c;
  assert(read(ends[0], &c, 1) == 1 && c == 'x');
  pthread_join(t, NULL);
  return 0;
}
