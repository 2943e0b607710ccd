// expect: livelock line 20 23
// A pipe that does not block is asked in a loop for a second byte that nobody writes.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2];

static void *writer(void *unused) { return write(ends[1], "x", 1) == 1 ? NULL : unused; }

int main(void) {
  pthread_t t;
  char c;
  if (pipe2(ends, O_NONBLOCK) != 0) return 1;
  pthread_create(&t, NULL, writer, NULL);
  for (int got = 0; got < 2;) {
    if (read(ends[0], &c, 1) == 1) {
      ++got;
    } else {
      sched_yield();
    }
  }
  pthread_join(t, NULL);
  return 0;
}
