// expect: deadlock line 20
// The reader reads until the end of the pipe, but nobody closes the write end.
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2];

static void *writer(void *unused) {
  (void)unused;
  return write(ends[1], "x", 1) == 1 ? NULL : ends;
}

int main(void) {
  pthread_t t;
  char c;
  int bytes = 0;
  if (pipe(ends) != 0) return 1;
  pthread_create(&t, NULL, writer, NULL);
  while (read(ends[0], &c, 1) == 1) ++bytes;
  pthread_join(t, NULL);
  return bytes != 1;
}
