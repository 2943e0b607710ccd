// select waits for whichever of two pipes has something first, and both are read in the end.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/select.h>
#include <unistd.h>

static int first[2], second[2];

static void *write_to(void *fd) {
  assert(write(*(int *)fd, "x", 1) == 1);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  assert(pipe(first) == 0 && pipe(second) == 0);
  pthread_create(&a, NULL, write_to, &first[1]);
  pthread_create(&b, NULL, write_to, &second[1]);
  int left = 2;
  while (left > 0) {
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(first[0], &readable);
    FD_SET(second[0], &readable);
    const int highest = first[0] > second[0] ? first[0] : second[0];
    assert(select(highest + 1, &readable, NULL, NULL, NULL) >= 1);
    char c;
    if (FD_ISSET(first[0], &readable)) left -= (int)read(first[0], &c, 1);
    if (FD_ISSET(second[0], &readable)) left -= (int)read(second[0], &c, 1);
  }
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return 0;
}
