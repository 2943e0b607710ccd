// expect: deadlock line 13 24
// main writes more than the pipe holds before anybody may read.
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2];
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static char block[70000];

static void *reader(void *unused) {
  char c;
  pthread_mutex_lock(&m);
  const long got = read(ends[0], &c, 1);
  pthread_mutex_unlock(&m);
  return got == 1 ? NULL : unused;
}

int main(void) {
  pthread_t t;
  if (pipe(ends) != 0) return 1;
  pthread_mutex_lock(&m);
  pthread_create(&t, NULL, reader, NULL);
  if (write(ends[1], block, sizeof block) < 0) return 1;
  pthread_mutex_unlock(&m);
  pthread_join(t, NULL);
  return 0;
}
