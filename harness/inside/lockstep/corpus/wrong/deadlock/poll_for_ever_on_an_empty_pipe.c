// expect: deadlock line 19
// poll waits without a limit for the second byte of a writer that writes only one.
#include <poll.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2];

static void *writer(void *unused) { return write(ends[1], "x", 1) == 1 ? NULL : unused; }

int main(void) {
  pthread_t t;
  char c;
  if (pipe(ends) != 0) return 1;
  pthread_create(&t, NULL, writer, NULL);
  for (int i = 0; i < 2; ++i) {
    struct pollfd watched = {.fd = ends[0], .events = POLLIN};
    if (poll(&watched, 1, -1) != 1 || read(ends[0], &c, 1) != 1) return 1;
  }
  pthread_join(t, NULL);
  return 0;
}
