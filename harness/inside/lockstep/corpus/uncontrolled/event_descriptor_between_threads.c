// expect: inconclusive passed
// One thread reads from an eventfd, which blocks until the other one has written a number into it.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int event;

static void *reader(void *unused) {
  uint64_t number = 0;
  assert(read(event, &number, sizeof number) == sizeof number && number == 3);
  return unused;
}

int main(void) {
  pthread_t t;
  const uint64_t three = 3;
  event = eventfd(0, 0);
  assert(event >= 0);
  pthread_create(&t, NULL, reader, NULL);
  assert(write(event, &three, sizeof three) == sizeof three);
  pthread_join(t, NULL);
  return 0;
}
