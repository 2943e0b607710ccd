// expect: wrong_answer line 20 31
// Two threads sleep for different times, and the order of their work is taken from that.
// explore: --time adversarial
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

static atomic_int last;

static void *first(void *unused) {
  (void)unused;
  usleep(1000);
  atomic_store(&last, 1);
  return NULL;
}
static void *second(void *unused) {
  (void)unused;
  usleep(50000);
  atomic_store(&last, 2);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, first, NULL);
  pthread_create(&b, NULL, second, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  assert(atomic_load(&last) == 2);
  return 0;
}
