// expect: deadlock line 11 21
// Two threads with two pipes each read before they write.
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int here[2], there[2];

static void *other(void *unused) {
  char c;
  if (read(there[0], &c, 1) != 1) return unused;
  if (write(here[1], &c, 1) != 1) return unused;
  return NULL;
}

int main(void) {
  pthread_t t;
  char c = 'x';
  if (pipe(here) != 0 || pipe(there) != 0) return 1;
  pthread_create(&t, NULL, other, NULL);
  if (read(here[0], &c, 1) != 1) return 1;
  if (write(there[1], &c, 1) != 1) return 1;
  pthread_join(t, NULL);
  return 0;
}
