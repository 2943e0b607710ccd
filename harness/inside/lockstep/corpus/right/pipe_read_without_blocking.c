// A pipe that does not block is read in a loop that yields while there is nothing.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
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
  char c;
  assert(pipe2(ends, O_NONBLOCK) == 0);
  pthread_create(&t, NULL, writer, NULL);
  while (read(ends[0], &c, 1) != 1) {
    assert(errno == EAGAIN);
    sched_yield();
  }
  assert(c == 'x');
  pthread_join(t, NULL);
  return 0;
}
