// expect: data_race line 13 21
// A thread gives away the address of its thread-local variable and goes on using it.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static _Thread_local int own;
static _Atomic(int *) given;

static void *owner(void *unused) {
  (void)unused;
  atomic_store(&given, &own);
  own += 1;
  pthread_exit(NULL);
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, owner, NULL);
  int *theirs = atomic_load(&given);
  if (theirs) *theirs += 1;
  pthread_join(t, NULL);
  return 0;
}
