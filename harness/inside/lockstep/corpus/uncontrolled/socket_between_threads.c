// expect: inconclusive passed
// One thread reads from a socket until the other one writes to its pair.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

static int ends[2];

static void *reader(void *unused) {
  char c;
  assert(read(ends[0], &c, 1) == 1 && c == 'x');
  return unused;
}

int main(void) {
  pthread_t t;
  assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  pthread_create(&t, NULL, reader, NULL);
  assert(write(ends[1], "x", 1) == 1);
  pthread_join(t, NULL);
  return 0;
}
